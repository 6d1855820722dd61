package dev.mergeway.reconciler.app;

import dev.mergeway.reconciler.app.ServerConfig.ForgeConfig;
import dev.mergeway.reconciler.port.Forge;
import dev.mergeway.reconciler.port.ForgeException;

/** Forges that are reached over HTTP. */
final class RemoteForges {
    private RemoteForges() {}

    static Forge open(ForgeConfig forge) throws ForgeException {
        throw new ForgeException("forge type " + forge.type() + " is not wired yet", false, null, null);
    }
}

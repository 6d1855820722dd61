package dev.mergeway.reconciler.app;

import dev.mergeway.reconciler.app.ServerConfig.ForgeConfig;
import dev.mergeway.reconciler.app.ServerConfig.GitHubApp;
import dev.mergeway.reconciler.forge.gitea.GiteaForge;
import dev.mergeway.reconciler.forge.github.GitHubForge;
import dev.mergeway.reconciler.forge.github.GitHubLogin;
import dev.mergeway.reconciler.forge.gitlab.GitLabForge;
import dev.mergeway.reconciler.forge.rest.Waiting;
import dev.mergeway.reconciler.port.Clock;
import dev.mergeway.reconciler.port.Forge;
import dev.mergeway.reconciler.port.ForgeException;
import java.net.URI;

/** Forges that are reached over HTTP. */
final class RemoteForges {
    private RemoteForges() {}

    /** Makes a forge; calls nothing yet. */
    static Forge open(ForgeConfig forge, Clock clock) throws ForgeException {
        URI url = URI.create(forge.location());
        return switch (forge.type()) {
            case "github" -> new GitHubForge(forge.name(), url, login(forge), clock, Waiting.REAL);
            case "gitlab" -> new GitLabForge(forge.name(), url, forge.token(), clock, Waiting.REAL);
            case "gitea" -> new GiteaForge(forge.name(), url, forge.token(), clock, Waiting.REAL);
            default ->
                throw new ForgeException(
                        "Forge " + forge.name() + " is of type " + forge.type() + ", which nobody knows.",
                        false,
                        null,
                        null);
        };
    }

    private static GitHubLogin login(ForgeConfig forge) {
        GitHubApp app = forge.app();
        return app == null ? new GitHubLogin.Token(forge.token()) : new GitHubLogin.App(app.id(), app.privateKey());
    }
}

package dev.mergeway.reconciler.forge.rest;

import dev.mergeway.reconciler.port.ForgeException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Who we are on a forge: asked once, and learned from what we wrote where the token may not ask. */
public final class Self {
    private final ReentrantLock lock = new ReentrantLock();
    private final Asking asking;
    private boolean asked;
    private @Nullable String login;

    /** @param asking how to ask; empty where the token may not */
    public Self(Asking asking) {
        this.asking = asking;
    }

    /** Asks the forge. */
    @FunctionalInterface
    public interface Asking {
        /** Our login. */
        Optional<String> ask() throws ForgeException;
    }

    /** Our login; empty while nobody told. */
    public Optional<String> login() throws ForgeException {
        lock.lock();
        try {
            if (login == null && !asked) {
                login = asking.ask().orElse(null);
                asked = true;
            }
            return Optional.ofNullable(login);
        } finally {
            lock.unlock();
        }
    }

    /** Says who wrote what we just wrote; an empty login says nothing. */
    public void wrote(String as) {
        lock.lock();
        try {
            if (login == null && !as.isEmpty()) {
                login = as;
            }
        } finally {
            lock.unlock();
        }
    }
}

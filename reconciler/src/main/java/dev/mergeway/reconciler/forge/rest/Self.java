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

    /**
     * Asks {@code GET /user}, which the three forges have alike.
     *
     * @param member the member of the answer with the login
     */
    public static Self of(RestClient client, String member) {
        return new Self(() -> {
            Request request = Request.read("ask who its token belongs to", "/user");
            Reply reply = client.send(request);
            if (reply.status() == 403) {
                return Optional.empty();
            }
            if (!reply.isSuccess()) {
                throw client.refused(request, reply);
            }
            return Optional.of(reply.body().path(member).asString("")).filter(login -> !login.isEmpty());
        });
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

package dev.mergeway.reconciler.forge.github;

import dev.mergeway.reconciler.forge.rest.Credentials;
import dev.mergeway.reconciler.forge.rest.Request;
import dev.mergeway.reconciler.forge.rest.RestClient;
import dev.mergeway.reconciler.port.Clock;
import dev.mergeway.reconciler.port.ForgeException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;

/** The tokens of one installation of the App: good for an hour, and fetched anew before it is over. */
final class InstallationCredentials implements Credentials {
    private static final Duration EARLY = Duration.ofMinutes(5);
    private static final Duration LIFE = Duration.ofHours(1);
    private final ReentrantLock lock = new ReentrantLock();
    private final RestClient asApp;
    private final String repository;
    private final Clock clock;
    private String token = "";
    private Instant expires = Instant.MIN;

    /**
     * Credentials.
     *
     * @param asApp a client that speaks as the App itself
     * @param repository any repository of the installation's owner
     */
    InstallationCredentials(RestClient asApp, String repository, Clock clock) {
        this.asApp = asApp;
        this.repository = repository;
        this.clock = clock;
    }

    @Override
    public String header() {
        return "Authorization";
    }

    @Override
    public String value() throws ForgeException {
        lock.lock();
        try {
            if (!clock.now().isBefore(expires)) {
                fetch();
            }
            return GitHubAccess.BEARER + token;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean renew() {
        lock.lock();
        try {
            expires = Instant.MIN;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void fetch() throws ForgeException {
        String installed = "find the installation of its App for " + repository;
        long id = asApp.json(Request.read(installed, GitHubForge.repo(repository) + "/installation"))
                .path("id")
                .asLong(0);
        JsonNode fresh = asApp.json(Request.write(
                "get a token for " + repository, "POST", "/app/installations/" + id + "/access_tokens", null));
        token = fresh.path("token").asString("");
        expires = expiry(fresh.path("expires_at").asString("")).minus(EARLY);
    }

    private Instant expiry(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return clock.now().plus(LIFE);
        }
    }
}

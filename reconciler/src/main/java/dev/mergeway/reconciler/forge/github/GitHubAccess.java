package dev.mergeway.reconciler.forge.github;

import dev.mergeway.reconciler.forge.rest.Credentials;
import dev.mergeway.reconciler.forge.rest.Pace;
import dev.mergeway.reconciler.forge.rest.Request;
import dev.mergeway.reconciler.forge.rest.RestClient;
import dev.mergeway.reconciler.forge.rest.Self;
import dev.mergeway.reconciler.forge.rest.StickyComments;
import dev.mergeway.reconciler.forge.rest.Transport;
import dev.mergeway.reconciler.forge.rest.Waiting;
import dev.mergeway.reconciler.port.Clock;
import dev.mergeway.reconciler.port.ForgeException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The ways in: one client for a token, or one for each installation of an App. */
final class GitHubAccess implements AutoCloseable {
    /** GitHub's advice against secondary limits. */
    private static final Duration BETWEEN_WRITES = Duration.ofSeconds(1);

    static final String BEARER = "Bearer ";

    private final Map<String, Way> ways = new ConcurrentHashMap<>();
    private final String name;
    private final URI api;
    private final GitHubLogin login;
    private final Clock clock;
    private final Waiting waiting;

    GitHubAccess(String name, URI url, GitHubLogin login, Clock clock, Waiting waiting) {
        this.name = name;
        this.api = api(url);
        this.login = login;
        this.clock = clock;
        this.waiting = waiting;
        // What is wrong with the token or key is said at start, not at the first pull request.
        switch (login) {
            case GitHubLogin.Token(String token) -> credentials(token);
            case GitHubLogin.App app -> AppKey.of(app.privateKey());
        }
    }

    /** One way in. */
    record Way(RestClient client, Self self, StickyComments comments, Credentials credentials) {}

    /** The way to a repository. */
    Way to(String repository) {
        return switch (login) {
            case GitHubLogin.Token(String token) -> ways.computeIfAbsent("", any -> withToken(token));
            case GitHubLogin.App app -> ways.computeIfAbsent(owner(repository), any -> installed(app, repository));
        };
    }

    /** The token that opens a repository now. */
    String token(String repository) throws ForgeException {
        return to(repository).credentials().value().substring(BEARER.length());
    }

    boolean isApp() {
        return login instanceof GitHubLogin.App;
    }

    private static String owner(String repository) {
        return repository.replaceFirst("/.*", "").toLowerCase(Locale.ROOT);
    }

    private Way withToken(String token) {
        Credentials credentials = credentials(token);
        RestClient client = client(credentials, BETWEEN_WRITES);
        return way(client, Self.of(client, "login"), credentials);
    }

    private Way installed(GitHubLogin.App app, String repository) {
        RestClient asApp = client(new AppCredentials(app.id(), AppKey.of(app.privateKey()), clock), Duration.ZERO);
        Credentials credentials = new InstallationCredentials(asApp, repository, clock);
        RestClient client = client(credentials, BETWEEN_WRITES);
        return way(client, new Self(() -> slug(asApp)), credentials);
    }

    private static Way way(RestClient client, Self self, Credentials credentials) {
        return new Way(client, self, new StickyComments(client, self, "PATCH"), credentials);
    }

    private RestClient client(Credentials credentials, Duration between) {
        Transport transport = new Transport(name, api, "application/vnd.github+json", credentials);
        return new RestClient(transport, new Pace(between, clock, waiting), clock, waiting);
    }

    private static Credentials credentials(String token) {
        return Credentials.token("Authorization", BEARER, token);
    }

    /** An App writes as its slug and {@code [bot]}. */
    private static Optional<String> slug(RestClient asApp) throws ForgeException {
        String slug = asApp.json(Request.read("ask the name of its App", "/app"))
                .path("slug")
                .asString("");
        return slug.isEmpty() ? Optional.empty() : Optional.of(slug + "[bot]");
    }

    /** github.com has its API on a host of its own, GitHub Enterprise Server under /api/v3. */
    private static URI api(URI url) {
        String text = url.toString().replaceFirst("/+$", "");
        return URI.create(text.equals("https://github.com") ? "https://api.github.com" : text + "/api/v3");
    }

    @Override
    public void close() {
        ways.values().forEach(way -> way.client().close());
    }
}

package dev.mergeway.reconciler.forge.gitea;

import dev.mergeway.reconciler.forge.rest.Credentials;
import dev.mergeway.reconciler.forge.rest.Pace;
import dev.mergeway.reconciler.forge.rest.Proposal;
import dev.mergeway.reconciler.forge.rest.Request;
import dev.mergeway.reconciler.forge.rest.RestClient;
import dev.mergeway.reconciler.forge.rest.Review;
import dev.mergeway.reconciler.forge.rest.Self;
import dev.mergeway.reconciler.forge.rest.Sticky;
import dev.mergeway.reconciler.forge.rest.StickyComments;
import dev.mergeway.reconciler.forge.rest.Texts;
import dev.mergeway.reconciler.forge.rest.Transport;
import dev.mergeway.reconciler.forge.rest.Waiting;
import dev.mergeway.reconciler.port.Clock;
import dev.mergeway.reconciler.port.Forge;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.Remark;
import dev.mergeway.reconciler.run.OwnersStyle;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Gitea and Forgejo, by their API under {@code /api/v1}; tried on 1.26. */
public final class GiteaForge implements Forge {
    /** Gitea stores 20 MiB; a page with more than this is no longer quick to read. */
    private static final int COMMENT = 250_000;

    private static final int DESCRIPTION = 255;
    /** Gitea has no limit of its own on requests. */
    private static final Duration BETWEEN_WRITES = Duration.ZERO;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private final String name;
    private final RestClient client;
    private final Self self;
    private final GiteaPulls pulls;
    private final StickyComments comments;

    /**
     * A forge.
     *
     * @param name its name in the configuration
     * @param url where its pages are, such as {@code https://git.example.com}
     * @param token an access token with the scopes write:repository and write:issue; read:user lets it know its own name,
     *     read:organization who is in a team that owns code
     * @param clock what time it is
     * @param waiting how to wait between tries
     */
    public GiteaForge(String name, URI url, String token, Clock clock, Waiting waiting) {
        this(name, url, token, clock, waiting, Transport.TIMEOUT);
    }

    /** A forge that may take so long for an answer, all of it. */
    public GiteaForge(String name, URI url, String token, Clock clock, Waiting waiting, Duration timeout) {
        this.name = name;
        URI api = URI.create(url.toString().replaceFirst("/+$", "") + "/api/v1");
        Credentials credentials = Credentials.token("Authorization", "token ", token);
        Transport transport = new Transport(name, api, "application/json", credentials, timeout);
        this.client = new RestClient(transport, new Pace(BETWEEN_WRITES, clock, waiting), clock, waiting);
        this.self = Self.of(client, "login");
        this.pulls = new GiteaPulls(client);
        this.comments = new StickyComments(client, self, "PATCH");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<PullRequest> open(String repository, String base) throws ForgeException {
        return pulls.open(repository, base);
    }

    @Override
    public Optional<PullRequest> pull(String repository, int number) throws ForgeException {
        return pulls.pull(repository, number);
    }

    @Override
    public List<PullRequest> pullsOf(String repository, String commit) throws ForgeException {
        return pulls.of(repository, commit);
    }

    @Override
    public void say(String repository, int number, String marker, String markdown) throws ForgeException {
        comments.say(place(repository, number), marker, markdown);
    }

    @Override
    public Optional<String> said(String repository, int number, String marker) throws ForgeException {
        return comments.find(place(repository, number), marker).map(Sticky.Comment::body);
    }

    @Override
    public void status(String repository, String commit, CommitStatus status) throws ForgeException {
        JsonNode body = JSON.objectNode()
                .put("context", status.context())
                .put("state", status.state().name().toLowerCase(Locale.ROOT))
                .put("description", Texts.cut(status.description(), DESCRIPTION))
                .put("target_url", status.url());
        JsonNode set = client.json(Request.write(
                "set the status of " + repository + "@" + Texts.brief(commit),
                "POST",
                repo(repository) + "/statuses/" + Texts.encode(commit),
                body));
        self.wrote(set.path("creator").path("login").asString(""));
    }

    @Override
    public void annotate(String repository, PullRequest pull, List<Remark> remarks) throws ForgeException {
        new GiteaRemarks(client, self).show(repository, pull, remarks);
    }

    @Override
    public void react(String repository, int number, long comment, Reaction reaction) throws ForgeException {
        String content = switch (reaction) {
            case SEEN -> "eyes";
            case DONE -> "rocket";
            case REFUSED -> "-1";
            case CONFUSED -> "confused";
        };
        client.json(Request.write(
                "react to a comment on " + repository + "#" + number,
                "POST",
                repo(repository) + "/issues/comments/" + comment + "/reactions",
                JSON.objectNode().put("content", content)));
    }

    @Override
    public Optional<String> shown(String repository, int number, String marker, Instant at) throws ForgeException {
        return comments.shown(place(repository, number), marker, at);
    }

    @Override
    public List<Comment> replies(String repository, int number, String marker) throws ForgeException {
        return comments.replies(place(repository, number), marker);
    }

    @Override
    public boolean answered(String repository, int number, long comment) throws ForgeException {
        return comments.reacted(
                place(repository, number), repo(repository) + "/issues/comments/" + comment + "/reactions");
    }

    @Override
    public List<Approval> approvals(String repository, int number, String head) throws ForgeException {
        List<Review> reviews = new ArrayList<>();
        for (JsonNode review : pulls.reviews(repository, number)) {
            reviews.add(new Review(
                    review.path("user").path("login").asString(""),
                    review.path("commit_id").asString(""),
                    verdict(review),
                    review.path("id").asLong(0)));
        }
        return Review.inForce(reviews, head);
    }

    /** Only an official review counts: by who may write, or whom the branch's protection names. */
    private static Review.Verdict verdict(JsonNode review) {
        if (!review.path("official").asBoolean(false)) {
            return Review.Verdict.NEITHER;
        }
        Review.Verdict verdict = switch (review.path("state").asString("")) {
            case "APPROVED" -> Review.Verdict.APPROVES;
            case "REQUEST_CHANGES" -> Review.Verdict.REJECTS;
            default -> Review.Verdict.NEITHER;
        };
        boolean dismissed = review.path("dismissed").asBoolean(false);
        return dismissed && verdict != Review.Verdict.NEITHER ? Review.Verdict.DISMISSED : verdict;
    }

    @Override
    public Optional<Origin> origin(String repository, int number) throws ForgeException {
        return pulls.origin(repository, number);
    }

    @Override
    public Permission permission(String repository, String user) throws ForgeException {
        if (user.isBlank()) {
            return Permission.NONE;
        }
        Request request = Request.read(
                "ask what " + user + " may do in " + repository,
                repo(repository) + "/collaborators/" + Texts.encode(user) + "/permission");
        return client.find(request)
                .map(found -> switch (found.path("permission").asString("")) {
                    case "owner", "admin" -> Permission.ADMIN;
                    case "write" -> Permission.WRITE;
                    case "read" -> Permission.READ;
                    default -> Permission.NONE;
                })
                .orElse(Permission.NONE);
    }

    @Override
    public OwnersStyle owners() {
        return OwnersStyle.GITEA;
    }

    @Override
    public Optional<Set<String>> members(String repository, String team) throws ForgeException {
        return new GiteaTeams(client).members(team);
    }

    /** Of who keeps theirs private it says one that nobody has. A token needs read:user. */
    @Override
    public Optional<String> address(String repository, String user) throws ForgeException {
        return client.visible(Request.read("read the address of " + user, "/users/" + Texts.encode(user)))
                .map(found -> found.path("email").asString(""));
    }

    @Override
    public int propose(
            String repository,
            String base,
            String branch,
            String title,
            String body,
            Map<String, Optional<byte[]>> changes)
            throws ForgeException {
        Proposal.Steps steps = new GiteaProposal(client, repository, base, branch);
        return new Proposal(repository, base, branch, steps).open(title, body, changes);
    }

    @Override
    public int commentLimit() {
        return COMMENT;
    }

    @Override
    public void close() {
        client.close();
    }

    static String repo(String repository) {
        return "/repos/" + Texts.encodePath(repository);
    }

    /** Gitea lists all comments, oldest first, whatever page is asked for. */
    private static StickyComments.Place place(String repository, int number) {
        String comments = repo(repository) + "/issues/" + number + "/comments";
        return new StickyComments.Place(
                repository + "#" + number, comments + "?limit=50", comments, repo(repository) + "/issues/comments/");
    }
}

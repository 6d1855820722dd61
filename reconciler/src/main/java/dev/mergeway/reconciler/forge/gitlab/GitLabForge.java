package dev.mergeway.reconciler.forge.gitlab;

import dev.mergeway.reconciler.forge.rest.Credentials;
import dev.mergeway.reconciler.forge.rest.Pace;
import dev.mergeway.reconciler.forge.rest.Proposal;
import dev.mergeway.reconciler.forge.rest.Reply;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** gitlab.com and self-managed GitLab, by the API under {@code /api/v4}. */
public final class GitLabForge implements Forge {
    /** GitLab takes 1,000,000; a page with more than this is no longer quick to read. */
    private static final int COMMENT = 250_000;
    /** GitLab's limit of a status. */
    private static final int DESCRIPTION = 255;
    /** GitLab takes 300 notes a minute by default (setting notes_create_limit). */
    private static final Duration BETWEEN_WRITES = Duration.ofMillis(200);

    private static final int MAINTAINER = 40;
    private static final int DEVELOPER = 30;
    private static final int GUEST = 10;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private final String name;
    private final RestClient client;
    private final Self self;
    private final StickyComments comments;

    /**
     * A forge.
     *
     * @param name its name in the configuration
     * @param url where its pages are, such as {@code https://gitlab.com}
     * @param token a personal, group or project access token with the scope api
     * @param clock what time it is
     * @param waiting how to wait between tries
     */
    public GitLabForge(String name, URI url, String token, Clock clock, Waiting waiting) {
        this.name = name;
        URI api = URI.create(url.toString().replaceFirst("/+$", "") + "/api/v4");
        Transport transport =
                new Transport(name, api, "application/json", Credentials.token("PRIVATE-TOKEN", "", token));
        this.client = new RestClient(transport, new Pace(BETWEEN_WRITES, clock, waiting), clock, waiting);
        this.self = Self.of(client, "username");
        this.comments = new StickyComments(client, self, "PUT");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<PullRequest> open(String repository, String base) throws ForgeException {
        return requests(repository).open(base);
    }

    @Override
    public Optional<PullRequest> pull(String repository, int number) throws ForgeException {
        return requests(repository).pull(number);
    }

    @Override
    public List<PullRequest> pullsOf(String repository, String commit) throws ForgeException {
        return requests(repository).of(commit);
    }

    @Override
    public void say(String repository, int number, String marker, String markdown) throws ForgeException {
        comments.say(place(repository, number), marker, markdown);
    }

    @Override
    public Optional<String> said(String repository, int number, String marker) throws ForgeException {
        return comments.find(place(repository, number), marker).map(Sticky.Comment::body);
    }

    /**
     * GitLab answers 400 "Cannot transition status via :enqueue from :pending" where it is set already, and 404 "References
     * for commit" where it does not find by itself which branch a commit is of, such as a fork's
     * (app/services/ci/create_commit_status_service.rb).
     */
    @Override
    public void status(String repository, String commit, CommitStatus status) throws ForgeException {
        String state = switch (status.state()) {
            case PENDING -> "pending";
            case SUCCESS -> "success";
            case FAILURE, ERROR -> "failed";
        };
        ObjectNode body = JSON.objectNode()
                .put("name", status.context())
                .put("state", state)
                .put("description", Texts.cut(status.description(), DESCRIPTION));
        if (!status.url().isEmpty()) {
            body.put("target_url", status.url());
        }
        Request request = Request.write(
                "set the status of " + repository + "@" + Texts.brief(commit),
                "POST",
                project(repository) + "/statuses/" + Texts.encode(commit),
                body);
        Reply reply = client.send(request);
        if (reply.status() == 404 && reply.message().contains("References for commit")) {
            Optional<String> ref = requests(repository).ref(commit);
            if (ref.isPresent()) {
                body.put("ref", ref.get());
                reply = client.send(request);
            }
        }
        if (!reply.isSuccess() && !(reply.status() == 400 && reply.message().contains("from :" + state))) {
            throw client.refused(request, reply);
        }
    }

    @Override
    public void annotate(String repository, PullRequest pull, List<Remark> remarks) throws ForgeException {
        if (pull.state() == PullRequest.State.OPEN) {
            new GitLabRemarks(client, self, requests(repository)).show(pull, remarks);
        }
    }

    /** The same again is answered 404 "Award Emoji Name has already been taken". */
    @Override
    public void react(String repository, int number, long comment, Reaction reaction) throws ForgeException {
        String emoji = switch (reaction) {
            case SEEN -> "eyes";
            case DONE -> "rocket";
            case REFUSED -> "thumbsdown";
            case CONFUSED -> "confused";
        };
        Request request = Request.write(
                "react to a comment on " + repository + "!" + number,
                "POST",
                requests(repository).path(number) + "/notes/" + comment + "/award_emoji",
                JSON.objectNode().put("name", emoji));
        Reply reply = client.send(request);
        if (!reply.isSuccess() && !reply.message().contains("already been taken")) {
            throw client.refused(request, reply);
        }
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
                place(repository, number),
                requests(repository).path(number) + "/notes/" + comment + "/award_emoji?per_page=100");
    }

    @Override
    public List<Approval> approvals(String repository, int number, String head) throws ForgeException {
        List<Approval> approvals = new GitLabApprovals(client, requests(repository)).of(number, head);
        return Review.byWriters(this, repository, approvals);
    }

    @Override
    public Optional<Origin> origin(String repository, int number) throws ForgeException {
        return requests(repository).origin(number);
    }

    /** By GitLab's access levels: 30 is developer, 40 maintainer, 50 owner. */
    @Override
    public Permission permission(String repository, String user) throws ForgeException {
        if (user.isBlank()) {
            return Permission.NONE;
        }
        String purpose = "ask what " + user + " may do in " + repository;
        JsonNode users = client.json(Request.read(purpose, "/users?username=" + Texts.encode(user)));
        long id = users.path(0).path("id").asLong(0);
        if (id == 0) {
            return Permission.NONE;
        }
        int level = client.find(Request.read(purpose, project(repository) + "/members/all/" + id))
                .filter(member -> member.path("state").asString("active").equals("active"))
                .map(member -> member.path("access_level").asInt(0))
                .orElse(0);
        if (level >= MAINTAINER) {
            return Permission.ADMIN;
        } else if (level >= DEVELOPER) {
            return Permission.WRITE;
        }
        return level >= GUEST ? Permission.READ : Permission.NONE;
    }

    @Override
    public OwnersStyle owners() {
        return OwnersStyle.GITLAB;
    }

    /** The direct members of a group, as GitLab counts code owners; a name of one word may be a user's as well. */
    @Override
    public Optional<Set<String>> members(String repository, String team) throws ForgeException {
        return new GitLabMembers(client).members(repository, team);
    }

    @Override
    public Optional<String> address(String repository, String user) throws ForgeException {
        return new GitLabMembers(client).address(user);
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
        Proposal.Steps steps = new GitLabProposal(client, requests(repository), base, branch);
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

    /** A project is named by its whole path, as one segment. */
    static String project(String repository) {
        return "/projects/" + Texts.encode(repository);
    }

    private GitLabRequests requests(String repository) {
        return new GitLabRequests(client, repository);
    }

    private StickyComments.Place place(String repository, int number) {
        String notes = requests(repository).path(number) + "/notes";
        return new StickyComments.Place(
                repository + "!" + number, notes + "?sort=asc&order_by=created_at&per_page=100", notes, notes + "/");
    }
}

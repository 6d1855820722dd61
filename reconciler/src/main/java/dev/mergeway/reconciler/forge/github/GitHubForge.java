package dev.mergeway.reconciler.forge.github;

import dev.mergeway.reconciler.forge.rest.Proposal;
import dev.mergeway.reconciler.forge.rest.Request;
import dev.mergeway.reconciler.forge.rest.Review;
import dev.mergeway.reconciler.forge.rest.Sticky;
import dev.mergeway.reconciler.forge.rest.StickyComments;
import dev.mergeway.reconciler.forge.rest.Texts;
import dev.mergeway.reconciler.forge.rest.Waiting;
import dev.mergeway.reconciler.port.Clock;
import dev.mergeway.reconciler.port.Forge;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.Remark;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** github.com and GitHub Enterprise Server, by their REST API. */
public final class GitHubForge implements Forge {
    /** GitHub takes 65,536; some is left for what its own counting does to characters outside the basic plane. */
    private static final int COMMENT = 65_000;
    /** GitHub's limit of a status. */
    private static final int DESCRIPTION = 140;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private final String name;
    private final GitHubAccess access;

    /**
     * A forge.
     *
     * @param name its name in the configuration
     * @param url {@code https://github.com}, or where GitHub Enterprise Server is
     * @param login as whom to speak
     * @param clock what time it is
     * @param waiting how to wait between tries and writes
     * @throws IllegalArgumentException if the token or the private key cannot be one
     */
    public GitHubForge(String name, URI url, GitHubLogin login, Clock clock, Waiting waiting) {
        this.name = name;
        this.access = new GitHubAccess(name, url, login, clock, waiting);
    }

    @Override
    public String name() {
        return name;
    }

    /** Of an App the token of its installation, which Git takes as a password ("Authenticating as a GitHub App installation"). */
    @Override
    public Optional<String> gitToken(String repository) throws ForgeException {
        return Optional.of(access.token(repository));
    }

    /** As docs.github.com says of merge queues: {@code gh-readonly-queue/BASE/pr-NUMBER-COMMIT}. */
    @Override
    public Optional<String> queue(String base) {
        return Optional.of("gh-readonly-queue/" + base + "/pr-");
    }

    @Override
    public List<PullRequest> open(String repository, String base) throws ForgeException {
        return pulls(repository).open(base);
    }

    @Override
    public Optional<PullRequest> pull(String repository, int number) throws ForgeException {
        return pulls(repository).pull(number);
    }

    @Override
    public List<PullRequest> pullsOf(String repository, String commit) throws ForgeException {
        return pulls(repository).of(commit);
    }

    @Override
    public void say(String repository, int number, String marker, String markdown) throws ForgeException {
        access.to(repository).comments().say(place(repository, number), marker, markdown);
    }

    @Override
    public Optional<String> said(String repository, int number, String marker) throws ForgeException {
        return access.to(repository)
                .comments()
                .find(place(repository, number), marker)
                .map(Sticky.Comment::body);
    }

    @Override
    public void status(String repository, String commit, CommitStatus status) throws ForgeException {
        ObjectNode body = JSON.objectNode()
                .put("context", status.context())
                .put("state", status.state().name().toLowerCase(Locale.ROOT))
                .put("description", Texts.cut(status.description(), DESCRIPTION));
        if (!status.url().isEmpty()) {
            body.put("target_url", status.url());
        }
        GitHubAccess.Way way = access.to(repository);
        JsonNode set = way.client()
                .json(Request.write(
                        "set the status of " + repository + "@" + Texts.brief(commit),
                        "POST",
                        repo(repository) + "/statuses/" + Texts.encode(commit),
                        body));
        way.self().wrote(set.path("creator").path("login").asString(""));
    }

    @Override
    public void annotate(String repository, PullRequest pull, List<Remark> remarks) throws ForgeException {
        GitHubAccess.Way way = access.to(repository);
        if (access.isApp()) {
            new GitHubChecks(way.client(), repository).show(pull, remarks);
        } else if (pull.state() == PullRequest.State.OPEN) {
            new GitHubRemarks(way.client(), way.self(), repository).show(pull, remarks);
        }
    }

    @Override
    public void react(String repository, int number, long comment, Reaction reaction) throws ForgeException {
        String content = switch (reaction) {
            case SEEN -> "eyes";
            case DONE -> "rocket";
            case REFUSED -> "-1";
            case CONFUSED -> "confused";
        };
        access.to(repository)
                .client()
                .json(Request.write(
                        "react to a comment on " + repository + "#" + number,
                        "POST",
                        repo(repository) + "/issues/comments/" + comment + "/reactions",
                        JSON.objectNode().put("content", content)));
    }

    @Override
    public Optional<String> shown(String repository, int number, String marker, Instant at) throws ForgeException {
        return access.to(repository).comments().shown(place(repository, number), marker, at);
    }

    @Override
    public List<Comment> replies(String repository, int number, String marker) throws ForgeException {
        return access.to(repository).comments().replies(place(repository, number), marker);
    }

    @Override
    public boolean answered(String repository, int number, long comment) throws ForgeException {
        return access.to(repository)
                .comments()
                .reacted(
                        place(repository, number),
                        repo(repository) + "/issues/comments/" + comment + "/reactions?per_page=100");
    }

    @Override
    public List<Approval> approvals(String repository, int number, String head) throws ForgeException {
        return Review.byWriters(
                this, repository, Review.inForce(pulls(repository).reviews(number), head));
    }

    @Override
    public Optional<Origin> origin(String repository, int number) throws ForgeException {
        return pulls(repository).origin(number);
    }

    /** GitHub tells maintain as write and triage as read. */
    @Override
    public Permission permission(String repository, String user) throws ForgeException {
        if (user.isBlank()) {
            return Permission.NONE;
        }
        Request request = Request.read(
                "ask what " + user + " may do in " + repository,
                repo(repository) + "/collaborators/" + Texts.encode(user) + "/permission");
        return access.to(repository)
                .client()
                .find(request)
                .map(found -> switch (found.path("permission").asString("")) {
                    case "admin" -> Permission.ADMIN;
                    case "write" -> Permission.WRITE;
                    case "read" -> Permission.READ;
                    default -> Permission.NONE;
                })
                .orElse(Permission.NONE);
    }

    /** With those of the teams below it. A token needs read:org, an App the right to read members. */
    @Override
    public Optional<Set<String>> members(String repository, String team) throws ForgeException {
        int slash = team.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        Request request = Request.read(
                "list the members of team " + team,
                "/orgs/" + Texts.encode(team.substring(0, slash)) + "/teams/" + Texts.encode(team.substring(slash + 1))
                        + "/members?per_page=100");
        return access.to(repository)
                .client()
                .seen(request)
                .map(members -> members.stream()
                        .map(member -> member.path("login").asString(""))
                        .collect(Collectors.toSet()));
    }

    @Override
    public Optional<String> address(String repository, String user) throws ForgeException {
        Request request = Request.read("read the address of " + user, "/users/" + Texts.encode(user));
        return access.to(repository)
                .client()
                .visible(request)
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
        Proposal.Steps steps = new GitHubProposal(access.to(repository).client(), repository, base, branch);
        return new Proposal(repository, base, branch, steps).open(title, body, changes);
    }

    @Override
    public int commentLimit() {
        return COMMENT;
    }

    @Override
    public void close() {
        access.close();
    }

    static String repo(String repository) {
        return "/repos/" + Texts.encodePath(repository);
    }

    private GitHubPulls pulls(String repository) {
        return new GitHubPulls(access.to(repository).client(), repository);
    }

    private static StickyComments.Place place(String repository, int number) {
        String comments = repo(repository) + "/issues/" + number + "/comments";
        return new StickyComments.Place(
                repository + "#" + number,
                comments + "?per_page=100",
                comments,
                repo(repository) + "/issues/comments/");
    }
}

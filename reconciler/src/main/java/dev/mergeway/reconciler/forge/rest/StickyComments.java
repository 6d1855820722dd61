package dev.mergeway.reconciler.forge.rest;

import dev.mergeway.reconciler.port.Forge;
import dev.mergeway.reconciler.port.ForgeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The comments of pull requests, of which one is ours and edited in place. */
public final class StickyComments {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** How the markers of all our comments begin: ours are no replies, also while we do not know who we are. */
    private static final String OURS = "<!-- mergeway";

    private final RestClient client;
    private final Self self;
    private final String editMethod;

    /** @param editMethod with which a comment is edited, PATCH or PUT */
    public StickyComments(RestClient client, Self self, String editMethod) {
        this.client = client;
        this.self = self;
        this.editMethod = editMethod;
    }

    /**
     * The comments of one pull request.
     *
     * @param pull how it is called in messages, {@code acme/shop#7}
     * @param list where they are listed oldest first, with a query
     * @param create where one is posted
     * @param edit where one is edited, its id appended
     */
    public record Place(String pull, String list, String create, String edit) {}

    /** Makes the comment that carries the marker read so; does nothing where it does. */
    public void say(Place place, String marker, String markdown) throws ForgeException {
        Optional<Sticky.Comment> comment = find(place, marker);
        if (comment.isPresent() && comment.get().reads(markdown)) {
            return;
        }
        JsonNode body = JSON.objectNode().put("body", markdown);
        Request request = comment.isPresent()
                ? Request.write(
                        "edit our comment on " + place.pull(),
                        editMethod,
                        place.edit() + comment.get().id(),
                        body)
                : Request.write("comment on " + place.pull(), "POST", place.create(), body);
        self.wrote(author(client.json(request)));
    }

    /** The comment of ours that carries the marker. */
    public Optional<Sticky.Comment> find(Place place, String marker) throws ForgeException {
        return find(place, marker, client.all(Request.read("read the comments of " + place.pull(), place.list())));
    }

    private Optional<Sticky.Comment> find(Place place, String marker, List<JsonNode> all) throws ForgeException {
        List<Sticky.Comment> comments =
                all.stream().map(StickyComments::comment).toList();
        return Sticky.find(comments, marker, login(place, marker, comments));
    }

    /**
     * Who we are. Where the token may not ask, the answer to a reaction tells, which is taken back at once: anybody may have
     * copied a marker, and one of ours must be found again after a start.
     */
    private Optional<String> login(Place place, String marker, List<Sticky.Comment> comments) throws ForgeException {
        Optional<Sticky.Comment> carries = comments.stream()
                .filter(comment -> comment.body().contains(marker))
                .findFirst();
        if (carries.isPresent() && self.login().isEmpty()) {
            String path = place.edit() + carries.get().id() + "/reactions";
            String purpose = "learn as whom we speak on " + place.pull();
            JsonNode eyes = JSON.objectNode().put("content", "eyes");
            Reply reaction = client.send(Request.write(purpose, "POST", path, eyes));
            if (reaction.isSuccess()) {
                self.wrote(author(reaction.body()));
                long id = reaction.body().path("id").asLong(0);
                client.send(Request.write(purpose, "DELETE", id == 0 ? path : path + "/" + id, eyes));
            }
        }
        return self.login();
    }

    /** What the one of ours that carries the marker read at a time, as {@link Forge#shown} says it. */
    public Optional<String> shown(Place place, String marker, Instant at) throws ForgeException {
        List<JsonNode> all = client.all(Request.read("read the comments of " + place.pull(), place.list()));
        Optional<Sticky.Comment> ours = find(place, marker, all);
        if (ours.isEmpty()) {
            return Optional.of("");
        }
        Instant edited = all.stream()
                .filter(comment -> comment.path("id").asLong(0) == ours.get().id())
                .map(comment -> time(comment, "updated_at"))
                .findFirst()
                .orElse(Instant.MAX);
        boolean untold = edited.equals(Instant.MAX);
        return untold
                ? Optional.empty()
                : Optional.of(
                        at.isBefore(edited.truncatedTo(ChronoUnit.SECONDS))
                                ? ""
                                : ours.get().body());
    }

    /** Comments by others below the one of ours that carries the marker, oldest first. */
    public List<Forge.Comment> replies(Place place, String marker) throws ForgeException {
        List<JsonNode> all = client.all(Request.read("read the comments of " + place.pull(), place.list()));
        Optional<Sticky.Comment> ours = find(place, marker, all);
        Optional<String> login = self.login();
        if (ours.isEmpty()) {
            return List.of();
        }
        List<Forge.Comment> replies = new ArrayList<>();
        Instant edited = Instant.MAX;
        boolean below = false;
        for (JsonNode comment : all) {
            if (comment.path("id").asLong(0) == ours.get().id()) {
                below = true;
                edited = time(comment, "updated_at");
            } else if (below && isReply(comment, login)) {
                // Within the same second nobody can tell which of the two came first.
                Instant written = time(comment, "created_at");
                boolean sawIt = written.isAfter(edited);
                Instant changed = time(comment, "updated_at");
                replies.add(new Forge.Comment(
                        comment.path("id").asLong(0),
                        author(comment),
                        comment.path("body").asString(""),
                        sawIt ? ours.get().body() : "",
                        !changed.equals(Instant.MAX) && changed.isAfter(written)));
            }
        }
        return replies;
    }

    /** Whether one of the reactions that a path lists is ours; while we do not know who we are, anybody's. */
    public boolean reacted(Place place, String reactions) throws ForgeException {
        Optional<String> login = self.login();
        return client.all(Request.read("read the reactions on " + place.pull(), reactions)).stream()
                .anyMatch(reaction ->
                        login.map(author(reaction)::equalsIgnoreCase).orElse(true));
    }

    /** GitLab lists its own notes of what happened among the comments. */
    private static boolean isReply(JsonNode comment, Optional<String> login) {
        return !comment.path("system").asBoolean(false)
                && !login.map(author(comment)::equalsIgnoreCase).orElse(false)
                && !comment.path("body").asString("").contains(OURS);
    }

    private static Instant time(JsonNode comment, String member) {
        try {
            return OffsetDateTime.parse(comment.path(member).asString("")).toInstant();
        } catch (DateTimeParseException e) {
            // Then it proves nothing: neither that ours was not edited, nor that theirs came later.
            return member.equals("updated_at") ? Instant.MAX : Instant.MIN;
        }
    }

    private static Sticky.Comment comment(JsonNode comment) {
        return new Sticky.Comment(
                comment.path("id").asLong(0),
                author(comment),
                comment.path("body").asString(""));
    }

    /** GitHub and Gitea say {@code user.login}, GitLab {@code author.username}, of a reaction {@code user.username}. */
    private static String author(JsonNode comment) {
        for (JsonNode login : List.of(
                comment.path("user").path("login"),
                comment.path("author").path("username"),
                comment.path("user").path("username"))) {
            if (!login.asString("").isEmpty()) {
                return login.asString("");
            }
        }
        return "";
    }
}

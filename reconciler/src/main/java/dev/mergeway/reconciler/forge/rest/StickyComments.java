package dev.mergeway.reconciler.forge.rest;

import dev.mergeway.reconciler.port.ForgeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The comments of pull requests, of which one is ours and edited in place. */
public final class StickyComments {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
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
        List<Sticky.Comment> comments = new ArrayList<>();
        for (JsonNode comment : client.all(Request.read("read the comments of " + place.pull(), place.list()))) {
            comments.add(new Sticky.Comment(
                    comment.path("id").asLong(0),
                    author(comment),
                    comment.path("body").asString("")));
        }
        return Sticky.find(comments, marker, self.login());
    }

    /** GitHub and Gitea say {@code user.login}, GitLab {@code author.username}. */
    private static String author(JsonNode comment) {
        String login = comment.path("user").path("login").asString("");
        return login.isEmpty() ? comment.path("author").path("username").asString("") : login;
    }
}

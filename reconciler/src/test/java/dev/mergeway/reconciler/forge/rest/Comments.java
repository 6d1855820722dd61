package dev.mergeway.reconciler.forge.rest;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The comments of one pull request on a stand-in, oldest first, ten to a page. */
public final class Comments {
    private static final int PAGE = 10;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private final Map<Long, ObjectNode> comments = new LinkedHashMap<>();
    private final String self;
    private final String role;
    private final String login;

    /**
     * None.
     *
     * @param self who writes through the API
     * @param role the member with the author, {@code user} or {@code author}
     * @param login the member of it with the login
     */
    public Comments(String self, String role, String login) {
        this.self = self;
        this.role = role;
        this.login = login;
    }

    /** Answers for them: where they are listed and posted, and where one is edited. */
    public void on(StandIn forge, String list, String edit, String method) {
        forge.on("GET " + list, this::page);
        forge.on("POST " + list, asked -> {
            ObjectNode comment = add(self, asked.body().path("body").asString(""));
            forge.on(method + " " + edit + comment.path("id").asLong(0), edited -> {
                comment.put("body", edited.body().path("body").asString(""));
                return StandIn.ok(comment.toString());
            });
            return new StandIn.Answer(201, comment.toString());
        });
    }

    /** Somebody writes one. */
    public void write(String author, String body) {
        add(author, body);
    }

    private ObjectNode add(String author, String body) {
        long id = 100L + comments.size();
        ObjectNode comment = JSON.objectNode().put("id", id).put("body", body);
        comment.putObject(role).put(login, author);
        comments.put(id, comment);
        return comment;
    }

    /** Somebody deletes all by one author. */
    public void delete(String author) {
        comments.values()
                .removeIf(
                        comment -> author.equals(comment.path(role).path(login).asString("")));
    }

    private StandIn.Answer page(StandIn.Asked asked) {
        int page = Integer.parseInt(asked.query().replaceFirst(".*[&?]page=", ""));
        ArrayNode items = JSON.arrayNode();
        comments.values().stream().skip((page - 1L) * PAGE).limit(PAGE).forEach(items::add);
        String rel = comments.size() > page * PAGE ? "next" : "last";
        return new StandIn.Answer(200, items.toString(), "Link", "<http://x/y?page=9>; rel=\"" + rel + "\"");
    }
}

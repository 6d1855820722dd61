package dev.mergeway.reconciler.forge.rest;

import dev.mergeway.reconciler.port.ForgeException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Title and description of a pull request of ours: written once, and again only where they differ. */
public final class PullTexts {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private final RestClient client;
    private final String method;
    private final String body;

    /**
     * How a forge has it.
     *
     * @param method with which a pull request is edited, PATCH or PUT
     * @param body name of the member with the description
     */
    public PullTexts(RestClient client, String method, String body) {
        this.client = client;
        this.method = method;
        this.body = body;
    }

    /**
     * Opens a pull request with these texts.
     *
     * @param path where pull requests are made
     * @param pull what else there is to say of it
     * @return as the forge describes it
     */
    public JsonNode open(String purpose, String path, ObjectNode pull, String title, String description)
            throws ForgeException {
        return client.json(
                Request.write(purpose, "POST", path, pull.put("title", title).put(body, description)));
    }

    /** Gives the pull request at the path these texts. */
    public void write(String purpose, String path, String title, String description) throws ForgeException {
        JsonNode present = client.json(Request.read(purpose, path));
        boolean same = present.path("title").asString("").equals(title)
                && present.path(body).asString("").stripTrailing().equals(description.stripTrailing());
        if (!same) {
            JsonNode texts = JSON.objectNode().put("title", title).put(body, description);
            client.json(Request.write(purpose, method, path, texts));
        }
    }
}

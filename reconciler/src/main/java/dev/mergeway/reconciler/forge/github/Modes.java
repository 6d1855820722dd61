package dev.mergeway.reconciler.forge.github;

import static dev.mergeway.reconciler.forge.github.GitHubForge.repo;

import dev.mergeway.reconciler.forge.rest.Request;
import dev.mergeway.reconciler.forge.rest.RestClient;
import dev.mergeway.reconciler.forge.rest.Texts;
import dev.mergeway.reconciler.port.ForgeException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Which files of a tree on GitHub are executable, which only the list of their folder tells; each folder is read once. */
final class Modes {
    static final String PLAIN = "100644";
    private static final String EXECUTABLE = "100755";

    private final RestClient client;
    private final String repository;
    private final String root;
    private final Map<String, Optional<JsonNode>> folders = new HashMap<>();

    Modes(RestClient client, String repository, String root) {
        this.client = client;
        this.repository = repository;
        this.root = root;
    }

    /** The mode to write a file with that is there already. */
    String of(String path) throws ForgeException {
        String at = root;
        String mode = "";
        for (String name : path.split("/", -1)) {
            Optional<JsonNode> entry = entry(at, name);
            if (entry.isEmpty()) {
                return PLAIN;
            }
            at = entry.get().path("sha").asString("");
            mode = entry.get().path("mode").asString("");
        }
        return mode.equals(EXECUTABLE) ? EXECUTABLE : PLAIN;
    }

    private Optional<JsonNode> entry(String folder, String name) throws ForgeException {
        Optional<JsonNode> list = folders.get(folder);
        if (list == null) {
            list = client.find(Request.read(
                    "read a folder of " + repository, repo(repository) + "/git/trees/" + Texts.encode(folder)));
            folders.put(folder, list);
        }
        return list.flatMap(tree -> tree.path("tree")
                .valueStream()
                .filter(entry -> name.equals(entry.path("path").asString("")))
                .findFirst());
    }
}

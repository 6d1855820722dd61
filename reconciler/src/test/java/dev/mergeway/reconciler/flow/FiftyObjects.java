package dev.mergeway.reconciler.flow;

import dev.mergeway.schema.model.ResourceKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Fifty objects of an environment that change when a pull request is merged: twenty are new, fifteen become others, three
 * cannot be changed and are replaced, and twelve go. Among them a namespace comes with what is in it, and another goes.
 *
 * @param environment its name
 */
record FiftyObjects(String environment) {
    /** What the environment itself is made of, and stays as it is: a namespace, its limits and its network. */
    static final int OF_THE_ENVIRONMENT = 3;

    private static final int CREATED = 17;
    private static final int UPDATED = CREATED + 15;
    private static final int REPLACED = UPDATED + 3;
    private static final int OBJECTS = REPLACED + 9;

    private static final String ROOM = """
            apiVersion: mergeway.dev/v1
            kind: Blueprint
            metadata: { name: room, version: 1.0.0, team: platform }
            spec:
              provides: { kind: Room }
              parameters: { type: object, additionalProperties: false }
              resources:
                place:
                  kubernetes: { apiVersion: v1, kind: Namespace, metadata: { name: "${environment.name + '-' + metadata.name}" } }
                table:
                  dependsOn: [place]
                  kubernetes:
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: { name: table, namespace: "${environment.name + '-' + metadata.name}" }
                    data: { is: here }
                chair:
                  dependsOn: [place]
                  kubernetes:
                    apiVersion: v1
                    kind: Secret
                    metadata: { name: chair, namespace: "${environment.name + '-' + metadata.name}" }
                    stringData: { is: here }
              examples: [ { params: {} } ]
            """;

    private static final String MANY =
            "apiVersion: mergeway.dev/v1\nkind: Manifests\nmetadata: { name: many }\nspec: { path: ./k8s }\n";

    /** The files of the repository before the pull request. */
    Map<String, String> before() {
        Map<String, String> files = new HashMap<>();
        files.put("blueprints/room.yaml", ROOM);
        files.put("dev/environment.yaml", """
                apiVersion: mergeway.dev/v1
                kind: Environment
                metadata: { name: %s }
                spec: { tier: dev, targets: { kubernetes: cluster } }
                """.formatted(environment));
        files.put("dev/many.yaml", MANY);
        files.put("dev/room.yaml", roomFile("old"));
        files.put("dev/k8s/many.yaml", many(IntStream.range(CREATED, OBJECTS), "before"));
        return files;
    }

    /** The files that the pull request changes. */
    Map<String, String> change() {
        return Map.of(
                "dev/room.yaml", roomFile("new"), "dev/k8s/many.yaml", many(IntStream.range(0, REPLACED), "after"));
    }

    private static String roomFile(String name) {
        return "apiVersion: mergeway.dev/v1\nkind: Room\nmetadata: { name: %s }\nspec: {}\n".formatted(name);
    }

    private static String many(IntStream numbers, String text) {
        StringBuilder many = new StringBuilder();
        numbers.forEach(number -> many.append("---\napiVersion: v1\nkind: ")
                .append(kind(number))
                .append("\nmetadata: { name: ")
                .append(name(number))
                .append(" }\nimmutable: ")
                .append(number >= UPDATED && number < REPLACED)
                .append(kind(number).equals("Secret") ? "\nstringData" : "\ndata")
                .append(": { is: ")
                .append(text)
                .append(" }\n"));
        return many.toString();
    }

    private static String kind(int number) {
        return number % 3 == 0 ? "Secret" : "ConfigMap";
    }

    private static String name(int number) {
        return "object-%02d".formatted(number);
    }

    /** All fifty. */
    List<String> all() {
        List<String> all = new ArrayList<>(room("new", "").keySet());
        all.addAll(room("old", "").keySet());
        all.addAll(keys(0, OBJECTS));
        return all;
    }

    /** Those that stay what they are, with other content. */
    List<String> updated() {
        return keys(CREATED, UPDATED);
    }

    /** Those that are others afterwards, by the same name. */
    List<String> replaced() {
        return keys(UPDATED, REPLACED);
    }

    /** Those of the fifty that are there in the end, and what they hold. */
    Map<String, String> wanted() {
        Map<String, String> wanted = room("new", "here");
        IntStream.range(0, REPLACED).forEach(number -> wanted.put(key(number), held(kind(number), "after")));
        return wanted;
    }

    private Map<String, String> room(String name, String text) {
        String namespace = environment + "-" + name;
        Map<String, String> room = new HashMap<>();
        room.put(key("Namespace", "", namespace), "");
        room.put(key("ConfigMap", namespace, "table"), text);
        room.put(key("Secret", namespace, "chair"), held("Secret", text));
        return room;
    }

    private static String held(String kind, String text) {
        return kind.equals("Secret") ? Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) : text;
    }

    private List<String> keys(int from, int to) {
        return IntStream.range(from, to).mapToObj(this::key).toList();
    }

    private String key(int number) {
        return key(kind(number), environment, name(number));
    }

    private static String key(String kind, String namespace, String name) {
        return new ResourceKey("kubernetes", "cluster", "v1/" + kind, namespace, name).toString();
    }
}

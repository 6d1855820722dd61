package dev.mergeway.reconciler.directory;

import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Ownership;
import dev.mergeway.reconciler.resource.Pointers;
import dev.mergeway.reconciler.resource.Trees;
import dev.mergeway.reconciler.resource.YamlText;
import dev.mergeway.schema.model.ResourceKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What stands in a file of ours: a Kubernetes object as it is; an AWS resource in an envelope that gives it a name, a type
 * and labels. The annotation {@link #APPLIED} lists the fields that we wrote last, by pointer, a line each.
 *
 * @param tree the file's content without that annotation
 * @param applied the pointers that we wrote last; a list counts as one field
 */
record Content(Map<String, Object> tree, Set<String> applied) {
    static final String APPLIED = "mergeway.dev/applied";

    private static final String APPLIED_POINTER = Pointers.child("/metadata/annotations", APPLIED);
    private static final String ENVELOPE = "AwsResource";
    private static final String HEADER =
            "# Written by Mergeway. A change made here is put right: change the spec in Git instead.\n";

    Content {
        applied = Set.copyOf(applied);
    }

    /** What the file of a desired resource holds when nobody else has a part in it. */
    static Content of(Desired desired) {
        Map<String, Object> tree = desired.key().provider().equals("kubernetes") ? desired.body() : envelope(desired);
        return new Content(tree, Pointers.leaves(tree, false).keySet());
    }

    private static Map<String, Object> envelope(Desired desired) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", desired.key().name());
        metadata.put("labels", desired.owner().labels());
        if (!desired.owner().annotations().isEmpty()) {
            metadata.put("annotations", desired.owner().annotations());
        }
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("apiVersion", "mergeway.dev/v1");
        envelope.put("kind", ENVELOPE);
        envelope.put("type", desired.key().type());
        envelope.put("metadata", metadata);
        envelope.put("properties", desired.body());
        return Trees.copy(envelope);
    }

    /** What a tree that was read from a file says; the annotation may be missing or spoilt. */
    static Content read(Map<String, Object> tree) {
        Set<String> applied = Trees.text(tree, APPLIED_POINTER)
                .lines()
                .filter(line -> line.startsWith("/"))
                .map(line -> line.replace("~2", "\n"))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return new Content(Trees.without(tree, APPLIED_POINTER), applied);
    }

    /** The text of the file; the same content gives the same text. */
    String text() {
        String list = applied.stream()
                .map(pointer -> pointer.replace("\n", "~2"))
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
        return HEADER + YamlText.of(Trees.with(tree, APPLIED_POINTER, list));
    }

    /** Whether labels or the annotation say that we wrote it. */
    static boolean marked(Map<String, Object> tree) {
        Map<String, Object> labels = Trees.mapping(tree, "/metadata/labels");
        return labels.containsKey(Ownership.ENVIRONMENT) || Trees.at(tree, APPLIED_POINTER) instanceof String;
    }

    /** Which resource it is; empty where it does not say. */
    Optional<ResourceKey> key(String target) {
        String name = Trees.text(tree, "/metadata/name");
        String kind = Trees.text(tree, "/kind");
        String version = Trees.text(tree, "/apiVersion");
        if (name.isEmpty() || kind.isEmpty() || version.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                isEnvelope()
                        ? new ResourceKey("aws", target, Trees.text(tree, "/type"), "", name)
                        : new ResourceKey(
                                "kubernetes",
                                target,
                                version + "/" + kind,
                                Trees.text(tree, "/metadata/namespace"),
                                name));
    }

    private boolean isEnvelope() {
        return Trees.text(tree, "/kind").equals(ENVELOPE)
                && Trees.text(tree, "/apiVersion").equals("mergeway.dev/v1");
    }

    /** The body as its provider would give it: for AWS the properties, with the labels beside them under {@code metadata}. */
    Map<String, Object> body() {
        if (!isEnvelope()) {
            return tree;
        }
        Map<String, Object> body = new LinkedHashMap<>(Trees.mapping(tree, "/properties"));
        body.put("metadata", Trees.mapping(tree, "/metadata"));
        return Trees.copy(body);
    }

    /** Pointers into a desired body as pointers into a file's tree. */
    static Set<String> inFile(ResourceKey key, Collection<String> pointers) {
        return pointers.stream().map(pointer -> prefix(key) + pointer).collect(Collectors.toSet());
    }

    /** A pointer into a file's tree as one into the body. */
    static String inBody(ResourceKey key, String pointer) {
        String prefix = prefix(key);
        return !prefix.isEmpty() && Pointers.within(pointer, prefix) ? pointer.substring(prefix.length()) : pointer;
    }

    private static String prefix(ResourceKey key) {
        return key.provider().equals("kubernetes") ? "" : "/properties";
    }
}

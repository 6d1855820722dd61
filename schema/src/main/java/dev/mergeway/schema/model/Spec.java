package dev.mergeway.schema.model;

import java.util.Map;

/**
 * A document that asks for something: an instance of a kind that a blueprint provides. A Score file is read as a spec of
 * kind {@code Deployment}, whose document stays the Score file, so that findings point into it.
 *
 * @param kind its kind
 * @param metadata its metadata
 * @param body its {@code spec} as a tree, with placeholders unresolved
 * @param document where it was read from
 * @param pointers for each JSON pointer into the body that stands elsewhere than under {@code /spec} of the document
 *     (a converted Score file), the pointer there; empty for our own documents
 */
public record Spec(
        String kind, Metadata metadata, Map<String, Object> body, Document document, Map<String, String> pointers) {
    public Spec {
        pointers = Map.copyOf(pointers);
    }

    /** The spec that stands in a document under {@code metadata} and {@code spec}. */
    public static Spec of(String kind, Document document) {
        Map<String, Object> metadata = Trees.map(document.root().get("metadata"));
        Metadata read = new Metadata(
                Trees.text(metadata.get("name"), ""),
                Trees.text(metadata.get("environment")),
                Trees.text(metadata.get("team")),
                Trees.texts(metadata.get("labels")),
                Trees.texts(metadata.get("annotations")));
        return new Spec(kind, read, Trees.map(document.root().get("spec")), document, Map.of());
    }

    /** A finding about the part of the body that the pointer names ("" for the whole). */
    public Finding finding(Severity severity, String bodyPointer, String rule, String message, String hint) {
        return document.finding(severity, documentPointer(bodyPointer), rule, message, hint);
    }

    /** Where in the document a part of the body stands: the converted place, its nearest converted ancestor, or {@code /spec}. */
    public String documentPointer(String bodyPointer) {
        if (pointers.isEmpty()) {
            return "/spec" + bodyPointer;
        }
        String at = bodyPointer;
        while (!pointers.containsKey(at) && !at.isEmpty()) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return pointers.getOrDefault(at, "");
    }
}

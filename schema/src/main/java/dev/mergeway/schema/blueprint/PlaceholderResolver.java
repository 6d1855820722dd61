package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.expression.Markers;
import dev.mergeway.schema.expression.Placeholders;
import dev.mergeway.schema.expression.Pointers;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Severity;
import dev.mergeway.schema.model.Spec;
import dev.mergeway.schema.model.Trees;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Resolves the placeholders of one spec, to values or to markers. Used for one part of the spec's body. */
final class PlaceholderResolver {
    private final Asking asking;
    private final Map<NodeKey, Rendered> rendered;
    private final Markers markers;
    private final PlaceholderBudget budget;
    private final List<Finding> findings;
    private final Map<String, Set<NodeKey>> uses = new TreeMap<>();
    private String prefix = "";
    private Map<String, Object> schema;
    private boolean exceeded;

    PlaceholderResolver(
            Asking asking,
            Map<NodeKey, Rendered> rendered,
            Markers markers,
            PlaceholderBudget budget,
            List<Finding> findings) {
        this.asking = asking;
        this.schema = asking.blueprint().parameters();
        this.rendered = rendered;
        this.markers = markers;
        this.budget = budget;
        this.findings = findings;
    }

    /** For a pointer into the resolved part the instances whose outputs went there. */
    Map<String, Set<NodeKey>> uses() {
        return uses;
    }

    /** The whole body, but for its {@code resources}, which are resolved one by one. */
    Map<String, Object> body() {
        Map<String, @Nullable Object> resolved = new LinkedHashMap<>();
        boolean placeholders = Asking.takesResources(asking.blueprint());
        asking.spec().body().forEach((name, value) -> {
            boolean apart = !placeholders || name.equals("resources");
            resolved.put(name, apart ? checked(value, "/" + name) : resolved(value, Pointers.child("", name)));
        });
        return Collections.unmodifiableMap(resolved);
    }

    /** A part of the body that stands at the pointer and follows a schema of its own. */
    Map<String, Object> part(Map<String, Object> tree, String pointer, Map<String, Object> of) {
        prefix = pointer;
        schema = of;
        return Trees.map(resolved(tree, ""));
    }

    private @Nullable Object checked(@Nullable Object tree, String at) {
        if (tree instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                plain(String.valueOf(name), at);
                checked(value, Pointers.child(at, String.valueOf(name)));
            });
        } else if (tree instanceof List<?> list) {
            for (int index = 0; index < list.size(); index++) {
                checked(list.get(index), at + "/" + index);
            }
        } else if (tree instanceof String text) {
            plain(text, at);
        }
        return tree;
    }

    private boolean plain(String text, String at) {
        if (Markers.reserved(text)) {
            finding(
                    at,
                    "spec/characters",
                    "this text holds a character that is reserved (U+FDD0 to U+FDD2)",
                    "remove it");
            return false;
        }
        return true;
    }

    private @Nullable Object resolved(@Nullable Object tree, String at) {
        if (tree instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> entries = LinkedHashMap.newLinkedHashMap(map.size());
            boolean verbatim = Boolean.TRUE.equals(map.get("noExpand"));
            map.forEach((key, value) -> {
                String name = String.valueOf(key);
                String child = Pointers.child(at, name);
                plain(name, at);
                entries.put(name, verbatim && name.equals("content") ? checked(value, child) : resolved(value, child));
            });
            return Collections.unmodifiableMap(entries);
        } else if (tree instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>(list.size());
            for (int index = 0; index < list.size(); index++) {
                items.add(resolved(list.get(index), at + "/" + index));
            }
            return Collections.unmodifiableList(items);
        }
        return tree instanceof String text && plain(text, at) ? text(text, at) : tree;
    }

    private Object text(String text, String at) {
        if (Placeholders.none(text)) {
            return text;
        }
        List<Placeholders.Part> parts = Placeholders.parse(text);
        if (parts.size() == 1 && parts.getFirst() instanceof Placeholders.Reference reference) {
            return Coercion.to(Schemas.at(schema, Pointers.path(at)), value(reference, at), markers);
        }
        StringBuilder resolved = new StringBuilder();
        for (Placeholders.Part part : parts) {
            resolved.append(
                    switch (part) {
                        case Placeholders.Literal literal -> literal.text();
                        case Placeholders.Reference reference -> {
                            Object value = value(reference, at);
                            yield value instanceof Map || value instanceof List
                                    ? dev.mergeway.schema.expression.Text.json(value)
                                    : value;
                        }
                    });
        }
        return resolved.toString();
    }

    private Object value(Placeholders.Reference reference, String at) {
        Object value = exceeded ? "" : found(reference, at);
        if (!exceeded && !budget.takes(value)) {
            exceeded = true;
            finding(
                    at,
                    "placeholder/too-long",
                    "the placeholders of this spec would put more than " + PlaceholderBudget.CHARACTERS
                            + " characters into it, " + reference.text() + " among them",
                    "name long texts in fewer places");
        }
        return exceeded ? "" : value;
    }

    private Object found(Placeholders.Reference reference, String at) {
        List<String> path = reference.path();
        return switch (path.getFirst()) {
            case "metadata" -> metadata(reference, at);
            case "resources" -> path.size() < 2 ? unknown(reference, at) : resource(reference, at);
            default -> unknown(reference, at);
        };
    }

    private Object unknown(Placeholders.Reference reference, String at) {
        finding(
                at,
                "placeholder/unknown",
                "the placeholder " + reference.text() + " means nothing",
                "placeholders are ${metadata.name}, ${metadata.annotations.KEY}, ${resources.NAME} and"
                        + " ${resources.NAME.OUTPUT}; write $${ for a literal ${");
        return "";
    }

    private Object metadata(Placeholders.Reference reference, String at) {
        Spec spec = asking.spec();
        List<String> path = reference.path();
        if (path.equals(List.of("metadata", "name"))) {
            return spec.metadata().name();
        }
        Map<String, String> values = path.size() < 3
                ? Map.of()
                : path.get(1).equals("annotations")
                        ? spec.metadata().annotations()
                        : path.get(1).equals("labels") ? spec.metadata().labels() : Map.of();
        String value = path.size() < 3 ? null : values.get(String.join(".", path.subList(2, path.size())));
        if (value == null) {
            finding(
                    at,
                    "placeholder/unknown",
                    "the placeholder " + reference.text() + " names nothing in this spec's metadata",
                    values.isEmpty()
                            ? "known: metadata.name, metadata.annotations.KEY"
                            : Names.hint(path.getLast(), values.keySet()));
            return "";
        }
        return value;
    }

    private Object resource(Placeholders.Reference reference, String at) {
        String name = reference.path().get(1);
        Request request = asking.requests().get(name);
        if (request == null && asking.failed() && isWritten(name)) {
            return ""; // what is wrong with it is said where it stands
        }
        if (request == null) {
            finding(
                    at,
                    "placeholder/unknown-resource",
                    "the placeholder " + reference.text() + " names resource '" + name
                            + "', which this spec does not have",
                    asking.requests().isEmpty()
                            ? "declare it in resources: { " + name + ": { type: … } }"
                            : Names.hint(name, asking.requests().keySet()));
            return "";
        }
        uses.computeIfAbsent(at, key -> new TreeSet<>()).add(request.node());
        Rendered made = rendered.get(request.node());
        if (made == null || made.failed()) {
            return "";
        }
        return reference.path().size() == 2 ? request.node().name() : output(reference, at, request, made);
    }

    private boolean isWritten(String name) {
        return Trees.map(asking.spec().body().get("resources")).containsKey(name);
    }

    private Object output(Placeholders.Reference reference, String at, Request request, Rendered made) {
        List<String> rest = reference.path().subList(2, reference.path().size());
        Object value = Pointers.find(made.outputs(), rest);
        if (value == null) {
            value = made.outputs().get(String.join(".", rest));
        }
        if (value == null) {
            finding(
                    at,
                    "placeholder/unknown-output",
                    "the placeholder " + reference.text() + " asks for '" + String.join(".", rest) + "', which "
                            + request.node().type() + " does not give",
                    Names.hint(rest.getFirst(), made.outputs().keySet()));
            return "";
        }
        return value;
    }

    private void finding(String at, String rule, String message, String hint) {
        findings.add(asking.spec().finding(Severity.ERROR, prefix + at, rule, message, hint));
    }

    /** Names of the resources of its spec that the placeholders in a tree name. */
    static Set<String> named(@Nullable Object tree) {
        Set<String> names = new TreeSet<>();
        named(tree, names);
        return names;
    }

    private static void named(@Nullable Object tree, Set<String> names) {
        switch (tree) {
            case Map<?, ?> map -> map.values().forEach(value -> named(value, names));
            case List<?> list -> list.forEach(item -> named(item, names));
            case String text
            when !Placeholders.none(text) ->
                Placeholders.parse(text).forEach(part -> {
                    if (part instanceof Placeholders.Reference reference
                            && reference.path().size() > 1
                            && reference.path().getFirst().equals("resources")) {
                        names.add(reference.path().get(1));
                    }
                });
            case null, default -> {}
        }
    }
}

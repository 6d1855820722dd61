package dev.mergeway.schema.validate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Says what a kind or a field of it means, from its schema, as {@code kubectl explain} does. */
public final class Explain {
    private final Collection<String> kinds;
    private final Function<String, Optional<Map<String, Object>>> schemas;

    /**
     * Explains these kinds.
     *
     * @param kinds names of all kinds
     * @param schemas kind to the schema of its whole documents
     */
    public Explain(Collection<String> kinds, Function<String, Optional<Map<String, Object>>> schemas) {
        this.kinds = List.copyOf(kinds);
        this.schemas = schemas;
    }

    /**
     * What was asked for, or why there is no answer.
     *
     * @param found whether the kind and the field exist
     * @param text the explanation with a line break at its end, or one line with the nearest names
     */
    public record Explanation(boolean found, String text) {}

    /**
     * Explains {@code KIND} or {@code KIND.field.path}. A list is looked through to its entries, and a map by any name, or
     * by none at all: {@code Deployment.spec.containers.main.image} and {@code Deployment.spec.containers.image} are the
     * same. {@code spec} may be left out.
     */
    public Explanation explain(String path) {
        String[] names = path.strip().split("\\.", -1);
        Optional<Map<String, Object>> schema = schemas.apply(names[0]);
        if (schema.isEmpty()) {
            return new Explanation(false, "There is no kind '" + Show.cut(names[0]) + "'. " + suggest(names[0], kinds));
        }
        JsonNode root = TreeNodes.node(schema.get());
        Walk walk = new Walk(root, new ArrayDeque<>(List.of(names).subList(1, names.length)));
        String problem = walk.walk();
        return problem.isEmpty()
                ? new Explanation(
                        true,
                        new ExplainText(root, names[0]).of(walk.path, walk.at)
                                + (names.length == 1
                                        ? "\nWhat can be asked for: mergeway explain " + names[0] + ".spec\n"
                                        : ""))
                : new Explanation(false, problem);
    }

    private static String suggest(String name, Collection<String> known) {
        return Nearest.of(name, known)
                .map(near -> "Did you mean '" + near + "'?")
                .orElse("There are: " + known.stream().sorted().collect(Collectors.joining(", ")) + ".");
    }

    /** The way from a schema's root down the names of a path. */
    private static final class Walk {
        private final JsonNode root;
        private final Deque<String> names;
        private final List<String> path = new ArrayList<>();
        private JsonNode at;

        Walk(JsonNode root, Deque<String> names) {
            this.root = root;
            this.names = names;
            this.at = root;
        }

        /** Goes as far as it can; "" when it got there, else what is wrong. */
        String walk() {
            while (!names.isEmpty()) {
                if (!step(names.removeFirst())) {
                    Set<String> known = Schemas.fields(root, at).keySet();
                    JsonNode spec = path.isEmpty() ? Schemas.fields(root, at).get("spec") : null;
                    if (spec != null && Nearest.of(wrong, known).isEmpty()) {
                        // "spec" may be left out, so a name that is nothing in the document is meant to be in there.
                        known = Schemas.fields(root, spec).keySet();
                        path.add("spec");
                    }
                    String owner = path.isEmpty() ? "the document" : "'" + String.join(".", path) + "'";
                    return "There is no field '" + Show.cut(wrong) + "' in " + owner + ". " + suggest(wrong, known);
                }
            }
            return "";
        }

        private String wrong = "";

        private boolean step(String name) {
            wrong = name;
            at = throughLists(at);
            JsonNode field = Schemas.fields(root, at).get(name);
            if (field != null) {
                return enter(name, field);
            }
            JsonNode values = throughLists(at.path("additionalProperties"));
            if (values.isObject()) {
                JsonNode inner = Schemas.fields(root, values).get(name);
                path.add("NAME");
                at = values;
                return inner == null || enter(name, inner);
            }
            JsonNode spec = path.isEmpty() ? Schemas.fields(root, at).get("spec") : null;
            if (spec != null && Schemas.fields(root, spec).containsKey(name)) {
                names.addFirst(name);
                return enter("spec", spec);
            }
            return false;
        }

        private boolean enter(String name, JsonNode field) {
            path.add(name);
            at = Schemas.resolved(root, field);
            return true;
        }

        private JsonNode throughLists(JsonNode schema) {
            JsonNode inner = Schemas.resolved(root, schema);
            while (inner.path("items").isObject()) {
                inner = Schemas.resolved(root, inner.path("items"));
            }
            return inner;
        }
    }
}

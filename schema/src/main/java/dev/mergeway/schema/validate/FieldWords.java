package dev.mergeway.schema.validate;

import dev.mergeway.schema.model.FindingRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Words for fields that do not exist and fields that are missing. */
final class FieldWords {
    private static final int DEEPEST = 10;
    private static final int MOST_PATHS = 5_000;

    private final JsonNode root;

    FieldWords(JsonNode root) {
        this.root = root;
    }

    Words unknown(Mistake mistake) {
        String field = mistake.property() == null ? "" : mistake.property();
        Collection<String> known = known(mistake);
        String owner = mistake.path().isEmpty() ? "The document" : Show.subject(mistake.path());
        String message = owner + " has no field '" + Show.cut(field) + "'.";
        return new Words(FindingRule.SCHEMA_UNKNOWN_FIELD, message, unknownHint(mistake.path(), field, known));
    }

    /** The known field that was meant by an unknown one, where one is near. */
    Optional<String> meant(Mistake mistake) {
        return mistake.property() == null ? Optional.empty() : Nearest.of(mistake.property(), unused(mistake));
    }

    private Collection<String> known(Mistake mistake) {
        return Schemas.fields(root, mistake.schema()).keySet();
    }

    /** Known fields that are not there yet: a misspelling means one of these. */
    private Collection<String> unused(Mistake mistake) {
        return known(mistake).stream()
                .filter(name -> !mistake.value().has(name))
                .toList();
    }

    private String unknownHint(List<String> path, String field, Collection<String> known) {
        Optional<String> near = Nearest.of(field, known);
        if (near.isPresent()) {
            boolean caseOnly = near.get().equalsIgnoreCase(field);
            return "Did you mean '" + near.get() + "'?" + (caseOnly ? " Upper and lower case matter." : "");
        }
        Optional<List<String>> elsewhere = elsewhere(path, field);
        if (elsewhere.isPresent()) {
            List<String> owner = elsewhere.get().subList(0, elsewhere.get().size() - 1);
            return owner.isEmpty()
                    ? "'" + field + "' belongs to the document itself: check the indentation."
                    : "'" + field + "' belongs under '" + String.join(".", owner) + "': check the indentation.";
        }
        return known.isEmpty() ? "Nothing may stand here." : "Fields here: " + Show.names(known) + ".";
    }

    /** Where else in the document a field of this name exists, nearest to the place first. */
    private Optional<List<String>> elsewhere(List<String> path, String field) {
        List<List<String>> found = new ArrayList<>();
        search(root, List.of(), field, found, new int[1]);
        return found.stream().min(Comparator.comparingInt(each -> away(path, each)));
    }

    private static int away(List<String> from, List<String> to) {
        int common = 0;
        while (common < from.size()
                && common < to.size() - 1
                && (from.get(common).equals(to.get(common)) || to.get(common).equals("NAME"))) {
            common++;
        }
        return from.size() + to.size() - 1 - 2 * common;
    }

    private void search(JsonNode schema, List<String> path, String field, List<List<String>> found, int[] seen) {
        if (path.size() > DEEPEST || seen[0]++ > MOST_PATHS) {
            return;
        }
        JsonNode at = Schemas.resolved(root, schema);
        for (Map.Entry<String, JsonNode> each : Schemas.fields(root, at).entrySet()) {
            List<String> child = append(path, each.getKey());
            if (each.getKey().equals(field)) {
                found.add(child);
            }
            search(each.getValue(), child, field, found, seen);
        }
        if (at.path("additionalProperties").isObject()) {
            search(at.path("additionalProperties"), append(path, "NAME"), field, found, seen);
        }
    }

    private static List<String> append(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }

    Words missing(Mistake mistake) {
        String field = mistake.property() == null ? "" : mistake.property();
        String owner = mistake.path().isEmpty() ? "" : " in " + Show.place(mistake.path());
        JsonNode schema = Schemas.resolved(
                root, Schemas.fields(root, mistake.schema()).getOrDefault(field, TreeNodes.node(Map.of())));
        String example = schema.has("const") ? schema.path("const").asString() : Show.example(schema);
        String description = schema.path("description").stringValue("");
        String add = example.isEmpty() ? "Add '" + field + ": …'." : "Add '" + field + ": " + example + "'.";
        return new Words(
                FindingRule.SCHEMA_MISSING_FIELD,
                "'" + field + "' is missing" + owner + ".",
                (add + " " + description).strip());
    }

    Words dependent(Mistake mistake) {
        String needed = mistake.demand()
                .path(String.valueOf(mistake.property()))
                .path(0)
                .asString();
        return new Words(
                FindingRule.SCHEMA_MISSING_FIELD,
                "'" + mistake.property() + "' needs another field beside it: '" + needed + "'.",
                "Add '" + needed + "', or remove '" + mistake.property() + "'.");
    }
}

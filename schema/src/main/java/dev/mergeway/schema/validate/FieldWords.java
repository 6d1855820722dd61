package dev.mergeway.schema.validate;

import dev.mergeway.schema.model.FindingRule;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Words for fields that do not exist and fields that are missing. */
final class FieldWords {
    private final JsonNode root;
    private final Supplier<FieldIndex> index;

    FieldWords(JsonNode root, Supplier<FieldIndex> index) {
        this.root = root;
        this.index = index;
    }

    Words unknown(Mistake mistake) {
        String field = mistake.property() == null ? "" : mistake.property();
        Collection<String> known = known(mistake);
        String owner = mistake.path().isEmpty() ? "The document" : Show.subject(mistake.path());
        if (known.isEmpty() || !known.contains(field)) {
            Optional<List<String>> beside =
                    index.get().nearest(mistake.path(), field).filter(each -> isHere(mistake.path(), each));
            if (beside.isPresent()) {
                return notTogether(mistake, field);
            }
        }
        String message = owner + " has no field '" + Show.cut(field) + "'.";
        return new Words(FindingRule.SCHEMA_UNKNOWN_FIELD, message, unknownHint(mistake.path(), field, known));
    }

    /** Of a field that only another alternative of the same map has. */
    private static Words notTogether(Mistake mistake, String field) {
        return new Words(
                FindingRule.SCHEMA_CHOICE,
                "'" + Show.cut(field) + "' cannot stand beside the other fields of " + Show.place(mistake.path()) + ".",
                "Keep one way to write it, and remove the other.");
    }

    private static boolean isHere(List<String> path, List<String> field) {
        return field.size() == path.size() + 1 && FieldIndex.away(path, field) == 0;
    }

    /** Pointer of an empty field beside an unknown one, under which the unknown one belongs: its lines are not indented. */
    Optional<String> emptyOwner(Mistake mistake) {
        String field = String.valueOf(mistake.property());
        return index.get()
                .nearest(mistake.path(), field)
                .map(found -> found.subList(0, found.size() - 1))
                .filter(owner -> owner.size() == mistake.path().size() + 1)
                .filter(owner -> mistake.value().path(owner.getLast()).isNull())
                .map(owner -> Schemas.pointer(FieldIndex.append(mistake.path(), owner.getLast())));
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
        Optional<List<String>> elsewhere = index.get().nearest(path, field);
        if (elsewhere.isPresent()) {
            List<String> owner = elsewhere.get().subList(0, elsewhere.get().size() - 1);
            return owner.isEmpty()
                    ? "'" + field + "' belongs to the document itself: check the indentation."
                    : "'" + field + "' belongs under '" + String.join(".", owner) + "': check the indentation.";
        }
        return known.isEmpty() ? "Nothing may stand here." : "Fields here: " + Show.names(known) + ".";
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

package dev.mergeway.schema.score;

import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a conversion writes down on its way: findings, and where each part of the body stands in the Score file. */
final class Notes {
    private final Document document;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, String> pointers = new LinkedHashMap<>();

    Notes(Document document) {
        this.document = document;
    }

    List<Finding> findings() {
        return findings;
    }

    /** For each JSON pointer into the body the JSON pointer into the Score file. */
    Map<String, String> pointers() {
        return pointers;
    }

    void error(Place place, String rule, String message, String hint) {
        findings.add(document.finding(Severity.ERROR, place.score(), rule, message, hint));
    }

    void warning(Place place, String rule, String message, String hint) {
        findings.add(document.finding(Severity.WARNING, place.score(), rule, message, hint));
    }

    /** Notes where a part of the body stands. */
    void at(Place place) {
        pointers.put(place.body(), place.score());
    }

    /** The tree as it is, with the place of each of its parts noted. */
    Object copy(Object tree, Place place) {
        at(place);
        switch (tree) {
            case Map<?, ?> map -> map.forEach((key, value) -> note(value, place.child(key.toString())));
            case List<?> list -> {
                for (int index = 0; index < list.size(); index++) {
                    note(list.get(index), place.child(Integer.toString(index)));
                }
            }
            default -> {}
        }
        return tree;
    }

    private void note(@Nullable Object tree, Place place) {
        if (tree == null) {
            at(place);
        } else {
            copy(tree, place);
        }
    }

    /** The map that a tree is, empty where it is none. */
    static Map<String, Object> map(@Nullable Object tree) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (tree instanceof Map<?, ?> found) {
            found.forEach((key, value) -> map.put(key.toString(), value));
        }
        return Collections.unmodifiableMap(map);
    }
}

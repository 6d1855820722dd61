package dev.mergeway.schema.document;

import dev.mergeway.schema.model.FindingRule;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** Builds one map of a tree: keys are texts, none twice, and {@code <<} brings in the entries of other maps. */
final class MapBuilder {
    /** YAML 1.2 §7.4.2 has the same limit for keys on one line; it keeps pointers short. */
    private static final int LONGEST_KEY = 1024;

    /** Stands in pointers for what is inside a key, where one mistake is told once. */
    private static final String IN_KEY = "/?";

    private final TreeBuilder tree;
    private final String pointer;
    private final int depth;
    private final Map<String, @Nullable Object> map = new LinkedHashMap<>();
    private final Map<String, Position> keys = new HashMap<>();
    private final List<Merge> merges = new ArrayList<>();

    /** A merge key's map, with the place of the key. */
    private record Merge(Map<String, Object> from, Position position) {}

    MapBuilder(TreeBuilder tree, String pointer, int depth) {
        this.tree = tree;
        this.pointer = pointer;
        this.depth = depth;
    }

    Map<String, @Nullable Object> build(MappingStartEvent start, Iterator<Event> events) throws RefusedException {
        tree.checkTag(start.getTag().orElse(null), "tag:yaml.org,2002:map", start, pointer);
        for (Event key = events.next(); key.getEventId() != Event.ID.MappingEnd; key = events.next()) {
            entry(key, events);
        }
        for (Merge merge : merges) {
            merge.from().forEach((name, value) -> {
                if (!map.containsKey(name)) {
                    map.put(name, value);
                    tree.locate(child(name), merge.position());
                }
            });
        }
        return Collections.unmodifiableMap(map);
    }

    private void entry(Event key, Iterator<Event> events) throws RefusedException {
        if (!(key instanceof ScalarEvent scalar) || (scalar.getValue().isEmpty() && scalar.isPlain())) {
            refuseKey(key, events);
            return;
        }
        String name = scalar.getValue();
        if (name.equals("<<") && scalar.isPlain()) {
            Event value = events.next();
            merge(value, tree.value(value, events, pointer + "/<<", depth + 1), tree.position(key));
            return;
        }
        if (name.length() > LONGEST_KEY) {
            throw tree.refused(
                    key,
                    pointer,
                    FindingRule.YAML_KEY,
                    "A key is longer than " + LONGEST_KEY + " characters: " + Texts.cut(name),
                    "");
        }
        tree.count(name);
        Position first = keys.putIfAbsent(name, tree.position(key));
        tree.locate(child(name), tree.position(key));
        Object value = tree.value(events.next(), events, child(name), depth + 1);
        if (first == null) {
            map.put(name, value);
        } else {
            tree.add(
                    Severity.ERROR,
                    key,
                    child(name),
                    FindingRule.YAML_DUPLICATE_KEY,
                    "'" + Texts.cut(name) + "' is written twice: it stands already on line " + first.line() + ".",
                    "Keep one of the two.");
        }
    }

    private String child(String name) {
        return pointer + "/" + Texts.pointerPart(name);
    }

    private void refuseKey(Event key, Iterator<Event> events) throws RefusedException {
        boolean nothing = key instanceof ScalarEvent;
        if (pointer.contains(IN_KEY)) {
            skip(key, events);
            return;
        }
        tree.add(
                Severity.ERROR,
                key,
                pointer,
                FindingRule.YAML_KEY,
                nothing
                        ? "There is no name before the colon."
                        : "A map, a list or an alias is used as the name of a field.",
                nothing
                        ? "Write a name before the colon."
                        : "A text that begins with '{' or '[' is put in quotes; template placeholders such as {{ … }}"
                                + " are not filled in here.");
        skip(key, events);
    }

    private void skip(Event key, Iterator<Event> events) throws RefusedException {
        tree.value(key, events, pointer + IN_KEY, depth + 1);
        tree.value(events.next(), events, pointer + IN_KEY, depth + 1);
    }

    private void merge(Event event, @Nullable Object value, Position position) {
        if (value instanceof Map<?, ?> from) {
            merges.add(new Merge(TreeBuilder.tree(from), position));
        } else if (value instanceof List<?> list && list.stream().allMatch(each -> each instanceof Map<?, ?>)) {
            list.forEach(each -> merges.add(new Merge(TreeBuilder.tree((Map<?, ?>) each), position)));
        } else {
            tree.add(
                    Severity.ERROR,
                    event,
                    pointer,
                    FindingRule.YAML_MERGE,
                    "The merge key << takes a map, such as *name where &name stands at a map.",
                    "");
        }
    }
}

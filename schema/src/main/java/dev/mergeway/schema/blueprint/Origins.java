package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.expression.Expression;
import dev.mergeway.schema.expression.Pointers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which part of an instance's parameters decided a leaf of a rendered body. An expression says which
 * parameters it reads; among these the one whose value is the leaf's (or within it) is taken, since an expression may
 * turn a whole map of parameters into a whole list of fields.
 */
final class Origins {
    /** Shorter texts than this stand within others by chance. */
    private static final int MIN_WITHIN = 3;

    /**
     * Characters that are looked through for one instance, some tenth of a second: a hundred times what a big honest
     * spec needs. Beyond, only values that are the same are found, by an index.
     */
    private static final long MAX_SEARCHED = 100_000_000;

    /** What looking for a text in another costs beside its length, in characters. */
    private static final int SEARCH = 16;

    private final Instance instance;
    private final List<Leaf> leaves = new ArrayList<>();
    private final List<Leaf> filled = new ArrayList<>();
    private final Set<NodeKey> fillers = new TreeSet<>();
    private final Map<Named, List<Integer>> named = new HashMap<>();
    private final Map<String, List<Integer>> values = new HashMap<>();
    private final Map<String, List<Integer>> entries = new HashMap<>();
    private final Map<String, Range> ranges = new HashMap<>();
    private final Map<List<Expression>, Set<String>> known = new IdentityHashMap<>();
    private long searched;

    Origins(Instance instance) {
        this.instance = instance;
        collect(instance.given(), "");
        instance.uses().values().forEach(fillers::addAll);
    }

    /**
     * A value, or the name of an entry, which is then without a name of its own.
     */
    private record Leaf(String pointer, String name, String text) {}

    /** A value and the name of its field. */
    private record Named(String name, String text) {}

    /** Where the leaves below a pointer are: they follow each other. */
    private record Range(int start, int end) {}

    private void collect(@Nullable Object tree, String pointer) {
        if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                String name = String.valueOf(key);
                String child = Pointers.child(pointer, name);
                add(new Leaf(child, "", name));
                collect(value, child);
            });
        } else if (tree instanceof List<?> list) {
            for (int index = 0; index < list.size(); index++) {
                collect(list.get(index), pointer + "/" + index);
            }
        } else if (tree != null) {
            add(new Leaf(pointer, pointer.substring(pointer.lastIndexOf('/') + 1), tree.toString()));
        }
    }

    private void add(Leaf leaf) {
        Integer index = leaves.size();
        leaves.add(leaf);
        if (leaf.name().isEmpty()) {
            entries.computeIfAbsent(leaf.text(), key -> new ArrayList<>(1)).add(index);
        } else {
            named.computeIfAbsent(new Named(leaf.name(), leaf.text()), key -> new ArrayList<>(1))
                    .add(index);
            values.computeIfAbsent(leaf.text(), key -> new ArrayList<>(1)).add(index);
        }
        if (instance.uses().containsKey(leaf.pointer())) {
            filled.add(leaf);
        }
    }

    /**
     * The pointer into the owner's document that decided the leaf, or null where it is the blueprint's own.
     *
     * @param expressions that made the leaf, or the part of the body that it is in
     * @param at where in the body it is
     * @param value its value, with markers
     * @param whole whether the expressions made just this leaf
     */
    @Nullable
    String of(List<Expression> expressions, String at, @Nullable Object value, boolean whole) {
        Set<String> prefixes = prefixes(expressions);
        String name = at.substring(at.lastIndexOf('/') + 1);
        String text = String.valueOf(value);
        Leaf best = first(prefixes, named.get(new Named(name, text)));
        if (best == null) {
            best = first(prefixes, values.get(text));
        }
        if (best == null) {
            best = first(prefixes, entries.get(text));
        }
        if (best == null) {
            best = longestWithin(prefixes, text);
        }
        if (best != null) {
            return instance.documentPointer(best.pointer());
        }
        return whole ? fallback(expressions) : null;
    }

    /** The first of the leaves, given by their ascending indices, that is below the first prefix possible. */
    private @Nullable Leaf first(Set<String> prefixes, @Nullable List<Integer> indices) {
        if (indices != null) {
            for (String prefix : prefixes) {
                Range range = range(prefix);
                int found = Collections.binarySearch(indices, range.start());
                int next = found < 0 ? -found - 1 : found;
                if (next < indices.size() && indices.get(next) < range.end()) {
                    return leaves.get(indices.get(next));
                }
            }
        }
        return null;
    }

    private @Nullable Leaf longestWithin(Set<String> prefixes, String text) {
        Leaf best = null;
        int longest = MIN_WITHIN - 1;
        for (String prefix : prefixes) {
            Range range = range(prefix);
            for (int index = range.start(); index < range.end() && searches(text); index++) {
                Leaf leaf = leaves.get(index);
                if (leaf.text().length() > longest && text.contains(leaf.text())) {
                    best = leaf;
                    longest = leaf.text().length();
                }
            }
        }
        return best;
    }

    private boolean searches(String text) {
        searched += SEARCH + text.length();
        return searched <= MAX_SEARCHED;
    }

    private Range range(String prefix) {
        return ranges.computeIfAbsent(prefix, key -> {
            int start = 0;
            while (start < leaves.size() && !below(leaves.get(start).pointer(), prefix)) {
                start++;
            }
            int end = start;
            while (end < leaves.size() && below(leaves.get(end).pointer(), prefix)) {
                end++;
            }
            return new Range(start, end);
        });
    }

    /**
     * Adds the other instances that a leaf's value came from, as far as it came through parameters. Where finding out
     * would take too long it adds all: waiting for one more is no mistake, and waiting for one less would be.
     */
    void uses(List<Expression> expressions, @Nullable Object value, Set<NodeKey> used) {
        if (used.containsAll(fillers)) {
            return;
        }
        Set<String> prefixes = prefixes(expressions);
        String text = String.valueOf(value);
        for (Leaf leaf : filled) {
            if (!searches(text)) {
                used.addAll(fillers);
                return;
            }
            if (!leaf.text().isEmpty()
                    && text.contains(leaf.text())
                    && prefixes.stream().anyMatch(prefix -> below(leaf.pointer(), prefix))) {
                used.addAll(instance.uses().getOrDefault(leaf.pointer(), Set.of()));
            }
        }
    }

    private Set<String> prefixes(List<Expression> expressions) {
        return known.computeIfAbsent(expressions, Origins::read);
    }

    private static Set<String> read(List<Expression> expressions) {
        Set<String> prefixes = new TreeSet<>();
        for (Expression expression : expressions) {
            for (List<String> path : expression.paths()) {
                if (path.getFirst().equals("params")) {
                    prefixes.add(Pointers.of(path.subList(1, path.size())));
                }
            }
        }
        return prefixes;
    }

    private static boolean below(String pointer, String prefix) {
        return pointer.startsWith(prefix)
                && (pointer.length() == prefix.length() || pointer.charAt(prefix.length()) == '/');
    }

    /** What the expressions read, as far as the owner wrote it: such as a number that they compute with. */
    private @Nullable String fallback(List<Expression> expressions) {
        for (String prefix : prefixes(expressions)) {
            if (!prefix.isEmpty() && Pointers.find(instance.given(), Pointers.path(prefix)) != null) {
                return instance.documentPointer(prefix);
            }
        }
        boolean named =
                expressions.stream().anyMatch(expression -> expression.paths().contains(List.of("metadata", "name")));
        return named ? instance.namePointer() : null;
    }
}

package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.expression.Expression;
import dev.mergeway.schema.expression.Pointers;
import java.util.ArrayList;
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

    private final Instance instance;
    private final List<Leaf> leaves = new ArrayList<>();
    private final Map<List<Expression>, Set<String>> known = new IdentityHashMap<>();

    Origins(Instance instance) {
        this.instance = instance;
        collect(instance.given(), "");
    }

    /**
     * A value, or the name of an entry, which is then without a name of its own.
     */
    private record Leaf(String pointer, String name, String text) {}

    private void collect(@Nullable Object tree, String pointer) {
        if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                String name = String.valueOf(key);
                String child = Pointers.child(pointer, name);
                leaves.add(new Leaf(child, "", name));
                collect(value, child);
            });
        } else if (tree instanceof List<?> list) {
            for (int index = 0; index < list.size(); index++) {
                collect(list.get(index), pointer + "/" + index);
            }
        } else if (tree != null) {
            leaves.add(new Leaf(pointer, pointer.substring(pointer.lastIndexOf('/') + 1), tree.toString()));
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
        String name = at.substring(at.lastIndexOf('/') + 1);
        String best = null;
        int bestScore = 0;
        String text = String.valueOf(value);
        for (String prefix : prefixes(expressions)) {
            for (Leaf leaf : leaves) {
                int score = below(leaf.pointer(), prefix) ? score(leaf, name, text) : 0;
                if (score > bestScore) {
                    best = leaf.pointer();
                    bestScore = score;
                }
            }
        }
        if (best != null) {
            return instance.documentPointer(best);
        }
        return whole ? fallback(expressions) : null;
    }

    /** The other instances that a leaf's value came from, as far as it came through parameters. */
    Set<NodeKey> uses(List<Expression> expressions, @Nullable Object value) {
        Set<NodeKey> used = new TreeSet<>();
        String text = String.valueOf(value);
        if (!instance.uses().isEmpty()) {
            Set<String> prefixes = prefixes(expressions);
            for (Leaf leaf : leaves) {
                Set<NodeKey> nodes = instance.uses().get(leaf.pointer());
                if (nodes != null
                        && !leaf.text().isEmpty()
                        && text.contains(leaf.text())
                        && prefixes.stream().anyMatch(prefix -> below(leaf.pointer(), prefix))) {
                    used.addAll(nodes);
                }
            }
        }
        return used;
    }

    private static int score(Leaf leaf, String name, String text) {
        if (leaf.text().equals(text)) {
            return leaf.name().isEmpty() ? 250_000 : leaf.name().equals(name) ? 1_000_000 : 500_000;
        }
        boolean within = leaf.text().length() >= MIN_WITHIN && text.contains(leaf.text());
        return within ? leaf.text().length() : 0;
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

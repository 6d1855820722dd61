package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.expression.Expression;
import dev.mergeway.schema.expression.ExpressionException;
import dev.mergeway.schema.expression.Markers;
import dev.mergeway.schema.expression.Pointers;
import dev.mergeway.schema.expression.Scope;
import dev.mergeway.schema.expression.Values;
import dev.mergeway.schema.model.Late;
import dev.mergeway.schema.model.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The resources of one instance that are made already, as the expressions of those behind them see them. */
final class Siblings {
    private final Map<String, Made> made = new HashMap<>();
    private final Map<String, Object> views = new HashMap<>();
    private final SiblingMap.Misses misses = new SiblingMap.Misses();
    private final Scope scope;

    Siblings(Scope scope) {
        this.scope = scope;
    }

    /**
     * What a blueprint's resource was made into.
     *
     * @param keys what was made; one where it is not repeated, none where it is left out
     * @param repeated whether expressions see a list
     * @param secret whether it is a Kubernetes Secret
     */
    record Made(List<ResourceKey> keys, boolean repeated, boolean secret) {}

    /** Takes a resource that was made, with its bodies as they were rendered. */
    void add(String id, Made resource, List<Map<String, Object>> bodies) {
        made.put(id, resource);
        if (resource.repeated()) {
            List<Object> list = new ArrayList<>();
            for (int index = 0; index < bodies.size(); index++) {
                list.add(view(id + "[" + index + "]", resource, resource.keys().get(index), bodies.get(index)));
            }
            views.put(id, List.copyOf(list));
        } else if (bodies.isEmpty()) {
            views.put(id, Map.of());
        } else {
            views.put(id, view(id, resource, resource.keys().getFirst(), bodies.getFirst()));
        }
    }

    /** Keys of all that the resource was made into. */
    List<ResourceKey> keys(String id) {
        Made resource = made.get(id);
        return resource == null ? List.of() : resource.keys();
    }

    private Object view(String name, Made resource, ResourceKey key, Map<String, Object> body) {
        Map<String, Object> shown = resource.secret() ? SecretData.shown(body) : body;
        return SiblingMap.of(Values.toCel(generatedRead(name, key, shown, List.of()), scope.markers()), misses);
    }

    /** What will be generated is read back from the live Secret. */
    private Object generatedRead(String name, ResourceKey key, @Nullable Object tree, List<String> path) {
        if (tree instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> entries = new LinkedHashMap<>();
            map.forEach((entry, value) -> {
                List<String> at = new ArrayList<>(path);
                at.add(String.valueOf(entry));
                entries.put(String.valueOf(entry), value == null ? null : generatedRead(name, key, value, at));
            });
            return entries;
        } else if (tree instanceof String text
                && Markers.marked(text)
                && scope.markers().within(text).stream().anyMatch(Late.Generated.class::isInstance)) {
            String read = "${" + name + "." + String.join(".", path) + "}";
            return new Late.Deferred(read, true, List.of(key), live -> read(read, key, live, path));
        }
        return tree == null ? "" : tree;
    }

    private static Object read(
            String text, ResourceKey key, Map<ResourceKey, Map<String, Object>> live, List<String> path)
            throws Late.UnresolvedException {
        Map<String, Object> body = live.get(key);
        Object value = body == null ? null : Pointers.find(SecretData.shown(body), path);
        if (value == null) {
            throw new Late.UnresolvedException(text + ": " + key + " does not have it yet");
        }
        return value;
    }

    /**
     * Evaluates an expression: on the desired bodies where they have all that it reads, else to the marker of a late
     * value that is worked out on the live ones.
     *
     * @param expression which
     * @param variables all but the siblings
     * @throws ExpressionException if it cannot be evaluated
     */
    @Nullable
    Object evaluate(Expression expression, Map<String, Object> variables) throws ExpressionException {
        boolean reads = expression.names().stream().anyMatch(made::containsKey);
        if (!reads) {
            return expression.evaluate(variables, scope);
        }
        Map<String, Object> all = new HashMap<>(variables);
        expression.names().stream().filter(views::containsKey).forEach(id -> all.put(id, views.get(id)));
        misses.reset();
        try {
            Object value = expression.evaluate(all, scope);
            return misses.any() ? deferred(expression, variables) : value;
        } catch (ExpressionException failed) {
            if (misses.any()) {
                return deferred(expression, variables);
            }
            throw failed;
        }
    }

    private String deferred(Expression expression, Map<String, Object> variables) {
        Markers then = scope.markers().fork();
        Map<String, Object> known = Map.copyOf(variables);
        boolean secret = false;
        TreeSet<ResourceKey> needs = new TreeSet<>();
        for (List<String> path : expression.paths()) {
            Made sibling = made.get(path.getFirst());
            if (sibling == null) {
                List<Late> late = then.within(deepest(variables, path));
                secret |= late.stream().anyMatch(Late::secret);
                late.forEach(one -> needs.addAll(one instanceof Late.Deferred deferred ? deferred.needs() : List.of()));
            } else {
                secret |= sibling.secret() && !(path.size() > 1 && path.get(1).equals("metadata"));
                needs.addAll(sibling.keys());
            }
        }
        return scope.markers()
                .mark(new Late.Deferred(
                        expression.toString(),
                        secret,
                        List.copyOf(needs),
                        live -> onLive(expression, known, then, live)));
    }

    private static @Nullable Object deepest(Map<String, Object> variables, List<String> path) {
        Object whole = variables.get(path.getFirst());
        Object part = Pointers.find(variables, path);
        return part == null ? whole : part;
    }

    private Object onLive(
            Expression expression,
            Map<String, Object> variables,
            Markers markers,
            Map<ResourceKey, Map<String, Object>> live)
            throws Late.UnresolvedException {
        Markers then = markers.fork();
        Map<String, Object> all = new HashMap<>(variables);
        for (String id : expression.names()) {
            Made sibling = made.get(id);
            if (sibling != null) {
                all.put(id, live(sibling, live, then));
            }
        }
        try {
            Object value = then.resolve(expression.evaluate(all, new Scope(then, scope.files())), live);
            return value == null || value.equals(Values.OMIT) ? "" : value;
        } catch (ExpressionException failed) {
            throw new Late.UnresolvedException(expression + ": " + failed.getMessage());
        }
    }

    private static Object live(Made sibling, Map<ResourceKey, Map<String, Object>> live, Markers markers)
            throws Late.UnresolvedException {
        List<Object> bodies = new ArrayList<>();
        for (ResourceKey key : sibling.keys()) {
            Map<String, Object> body = live.get(key);
            if (body == null) {
                throw new Late.UnresolvedException(key + " is not there yet");
            }
            bodies.add(Values.toCel(sibling.secret() ? SecretData.shown(body) : body, markers));
        }
        return sibling.repeated() ? bodies : bodies.isEmpty() ? Map.of() : bodies.getFirst();
    }
}

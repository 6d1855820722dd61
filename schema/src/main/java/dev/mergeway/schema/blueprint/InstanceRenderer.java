package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.expression.Expression;
import dev.mergeway.schema.expression.ExpressionException;
import dev.mergeway.schema.expression.Markers;
import dev.mergeway.schema.expression.Scope;
import dev.mergeway.schema.expression.Template;
import dev.mergeway.schema.expression.Values;
import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Late;
import dev.mergeway.schema.model.ResourceKey;
import dev.mergeway.schema.model.Trees;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Renders one instance of a blueprint. Used once. */
final class InstanceRenderer {
    private final Instance instance;
    private final Scope scope;
    private final Siblings siblings;
    private final Bodies bodies;
    private final Map<String, Object> variables = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Faults faults;
    private final List<ConcreteResource> resources = new ArrayList<>();
    private final Map<ResourceKey, Set<NodeKey>> uses = new HashMap<>();

    InstanceRenderer(Instance instance, Surroundings surroundings) {
        this.instance = instance;
        this.scope = surroundings.scope(instance.owner().document().file());
        this.siblings = new Siblings(scope);
        Origins origins = new Origins(instance);
        this.faults = new Faults(instance, origins, findings);
        this.bodies = new Bodies(instance, surroundings, origins, findings);
        variables.put("params", Values.toCel(instance.params(), scope.markers()));
        variables.put("metadata", Values.toCel(instance.metadata(), scope.markers()));
        variables.put("workload", Values.toCel(instance.workload(), scope.markers()));
        variables.put("environment", Values.toCel(surroundings.variable(), scope.markers()));
    }

    Rendered render() {
        Set<String> failed = new TreeSet<>();
        for (CompiledBlueprint.Part part : instance.blueprint().parts()) {
            int before = findings.size();
            // What waits for something that failed would only repeat its finding.
            if (part.dependsOn().stream().noneMatch(failed::contains)) {
                make(part);
            }
            if (findings.size() > before || part.dependsOn().stream().anyMatch(failed::contains)) {
                failed.add(part.id());
            }
        }
        Map<String, Object> outputs = failed.isEmpty() ? outputs() : Map.of();
        @Nullable Double price = price();
        return new Rendered(resources, uses, outputs, price, faults.told());
    }

    private void make(CompiledBlueprint.Part part) {
        List<ResourceKey> keys = new ArrayList<>();
        List<Map<String, Object>> made = new ArrayList<>();
        CompiledBlueprint.Loop loop = part.loop();
        if (exists(part)) {
            for (Object item : loop == null ? List.of("") : items(loop, part)) {
                Map<String, Object> scoped = new HashMap<>(variables);
                if (loop != null) {
                    scoped.put(loop.variable(), Values.toCel(item, scope.markers()));
                }
                body(part, scoped).ifPresent(body -> {
                    keys.add(body.resource().key());
                    made.add(body.tree());
                });
            }
        }
        if (instance.blueprint().referenced().contains(part.id())
                || !part.dependsOn().isEmpty()
                || !keys.isEmpty()) {
            boolean secret = part.source().provider().equals("kubernetes")
                    && "Secret".equals(part.source().body().get("kind"));
            siblings.add(
                    part.id(),
                    new Siblings.Made(List.copyOf(keys), loop != null, secret),
                    instance.blueprint().referenced().contains(part.id()) ? made : List.of());
        }
    }

    private boolean exists(CompiledBlueprint.Part part) {
        for (Template when : part.when()) {
            Object value = when.render(new Evaluation(variables), "");
            if (!(value instanceof Boolean holds)) {
                faults.ofBlueprint(part.pointer(), "a 'when' gives " + value + ", not true or false", List.of());
                return false;
            } else if (!holds) {
                return false;
            }
        }
        return true;
    }

    private List<?> items(CompiledBlueprint.Loop loop, CompiledBlueprint.Part part) {
        Object over = loop.over().render(new Evaluation(variables), "");
        if (over instanceof List<?> list) {
            return list;
        } else if (over instanceof Map<?, ?> map) {
            List<Object> entries = new ArrayList<>();
            map.forEach((key, value) -> {
                Map<String, @Nullable Object> entry = new LinkedHashMap<>();
                entry.put("key", key);
                entry.put("value", value);
                entries.add(entry);
            });
            return entries;
        }
        faults.ofBlueprint(part.pointer(), "'forEach' goes over a list or a map, not " + over, List.of());
        return List.of();
    }

    /** A body as rendered, with markers, and what it was made into. */
    private record Body(Map<String, Object> tree, ConcreteResource resource) {}

    private Optional<Body> body(CompiledBlueprint.Part part, Map<String, Object> scoped) {
        int before = findings.size();
        Evaluation evaluation = new Evaluation(scoped);
        Object tree = part.body().render(evaluation, "");
        if (findings.size() > before) {
            return Optional.empty();
        }
        Set<ResourceKey> dependsOn = new TreeSet<>();
        part.dependsOn().forEach(id -> dependsOn.addAll(siblings.keys(id)));
        return bodies.read(part, Trees.map(tree), evaluation.places).map(read -> {
            dependsOn.addAll(read.needs());
            dependsOn.remove(read.key());
            uses.put(read.key(), read.uses());
            ConcreteResource resource = new ConcreteResource(
                    read.key(),
                    read.body(),
                    part.source().stateful(),
                    List.copyOf(dependsOn),
                    ready(part, scoped),
                    instance.key(),
                    instance.owner().document().file(),
                    line(),
                    read.provenance());
            resources.add(resource);
            return new Body(read.shown(), resource);
        });
    }

    private int line() {
        return instance.at().isEmpty()
                ? instance.owner().document().line()
                : instance.owner()
                        .document()
                        .positions()
                        .of(instance.namePointer())
                        .line();
    }

    private List<ConcreteResource.ReadyCheck> ready(CompiledBlueprint.Part part, Map<String, Object> scoped) {
        Map<String, Object> known = Map.copyOf(scoped);
        return part.ready().stream()
                .map(check -> new ConcreteResource.ReadyCheck(
                        check.toString(), live -> passes(check, part.id(), known, live)))
                .toList();
    }

    private static boolean passes(Expression check, String id, Map<String, Object> known, Map<String, Object> live) {
        Scope empty = Scope.empty();
        Map<String, Object> all = new HashMap<>(known);
        all.put(id, Values.toCel(live, empty.markers()));
        try {
            return Boolean.TRUE.equals(check.evaluate(all, empty));
        } catch (ExpressionException notYet) {
            return false;
        }
    }

    private Map<String, Object> outputs() {
        Map<String, Object> outputs = new LinkedHashMap<>();
        instance.blueprint().outputs().forEach((name, template) -> {
            Object value = template.render(new Evaluation(variables), "");
            boolean declared = Objects.requireNonNull(
                            instance.blueprint().blueprint().outputs().get(name))
                    .secret();
            if (!declared && scope.markers().secret(value)) {
                faults.ofBlueprint(
                        "/outputs/" + name,
                        "output '" + name + "' holds a secret and does not say so; add secret: true",
                        List.of());
            }
            if (value != null && !value.equals(Values.OMIT)) {
                outputs.put(name, declared && !scope.markers().secret(value) ? hidden(name, value) : value);
            }
        });
        return outputs;
    }

    /** What is declared a secret is treated as one, whatever it is made of. */
    private String hidden(String name, Object value) {
        List<Late> within = scope.markers().within(value);
        Markers then = scope.markers().fork();
        Set<ResourceKey> needs = new TreeSet<>();
        within.forEach(late -> needs.addAll(late instanceof Late.Deferred deferred ? deferred.needs() : List.of()));
        return scope.markers()
                .mark(new Late.Deferred(
                        "${" + instance.key().name() + "." + name + "}", true, List.copyOf(needs), live -> {
                            Object resolved = then.resolve(value, live);
                            return resolved == null ? "" : resolved;
                        }));
    }

    private @Nullable Double price() {
        Template price = instance.blueprint().price();
        if (price == null) {
            return null;
        }
        Object value = price.render(new Evaluation(variables), "");
        if (value instanceof Number number && number.doubleValue() >= 0) {
            return number.doubleValue();
        }
        faults.ofBlueprint("/price/monthlyUsd", "the price is not a number of dollars but " + value, List.of());
        return null;
    }

    /** Evaluates over given variables, remembering which expression decided which part of the body. */
    private final class Evaluation implements Template.Evaluator {
        private final Map<String, Object> scoped;
        private final Map<String, List<Expression>> places = new HashMap<>();

        Evaluation(Map<String, Object> scoped) {
            this.scoped = scoped;
        }

        @Override
        public @Nullable Object evaluate(Expression expression, String pointer, String at) {
            places.computeIfAbsent(at, key -> new ArrayList<>(1)).add(expression);
            try {
                return siblings.evaluate(expression, scoped);
            } catch (ExpressionException failed) {
                failed.refusal()
                        .ifPresentOrElse(
                                refusal -> faults.refused(refusal, expression),
                                () -> faults.ofBlueprint(
                                        pointer, String.valueOf(failed.getMessage()), List.of(expression)));
                return Values.OMIT;
            }
        }

        @Override
        public void problem(String pointer, String message) {
            faults.ofBlueprint(pointer, message, List.of());
        }
    }
}

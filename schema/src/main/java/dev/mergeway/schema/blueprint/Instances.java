package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Severity;
import dev.mergeway.schema.model.Spec;
import dev.mergeway.schema.model.SpecKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the entries of specs' {@code resources} mean: each instance is made once, whoever asks for it. Used once. */
final class Instances {
    private final Catalogue catalogue;
    private final Surroundings surroundings;
    private final List<Finding> findings;
    private final Map<NodeKey, List<Asker>> askers = new TreeMap<>();
    private final Map<NodeKey, Rendered> rendered = new HashMap<>();
    private final Map<NodeKey, Map<String, Object>> given = new HashMap<>();
    private final Map<SpecKey, PlaceholderBudget> budgets = new HashMap<>();

    /** Those that specs ask for; what is wrong with them is put to the findings. */
    Instances(Catalogue catalogue, Surroundings surroundings, List<Asking> asking, List<Finding> findings) {
        this.catalogue = catalogue;
        this.surroundings = surroundings;
        this.findings = findings;
        for (Asking one : asking) {
            for (Request request : one.requests().values()) {
                askers.computeIfAbsent(request.node(), key -> new ArrayList<>()).add(new Asker(one, request));
            }
        }
    }

    /** A spec that asks for an instance, and how. */
    private record Asker(Asking asking, Request request) {}

    /** Renders each after those that its parameters refer to. */
    void render() {
        Graph<NodeKey> graph = graph();
        graph.cycles().forEach(this::refuse);
        for (NodeKey node : graph.order(Comparator.naturalOrder())) {
            List<Asker> all = askersOf(node);
            Asker first = all.stream()
                    .filter(asker -> !asker.request().params().isEmpty())
                    .findFirst()
                    .orElse(all.getFirst());
            Rendered made = render(first, disagreements(first, all));
            findings.addAll(made.findings());
            rendered.put(node, made);
        }
    }

    /** What they came out as; none of those in a circle, or behind one. */
    Map<NodeKey, Rendered> rendered() {
        return rendered;
    }

    /** Whether there is nothing of an instance to refer to. */
    boolean failed(NodeKey node) {
        Rendered made = rendered.get(node);
        return made == null || made.failed();
    }

    /** An instance's parameters by whoever gives them, what is known only later called as that spec writes it. */
    Map<String, Object> given(NodeKey node) {
        return given.getOrDefault(node, Map.of());
    }

    /** For one part of a spec; all parts of it have one budget. */
    PlaceholderResolver resolver(Asking asking, List<Finding> problems) {
        PlaceholderBudget budget = budgets.computeIfAbsent(asking.key(), key -> new PlaceholderBudget());
        return new PlaceholderResolver(asking, rendered, surroundings.markers(), budget, problems);
    }

    /** What an instance's parameters refer to, in the eyes of each that asks for it. */
    private Graph<NodeKey> graph() {
        Map<NodeKey, Set<NodeKey>> before = new TreeMap<>();
        askers.forEach((node, all) -> {
            Set<NodeKey> needed = before.computeIfAbsent(node, key -> new TreeSet<>());
            all.forEach(asker -> needs(asker).forEach(needed::add));
        });
        return new Graph<>(before);
    }

    /** The other instances that the parameters in a spec refer to. */
    private static Stream<NodeKey> needs(Asker asker) {
        return PlaceholderResolver.named(asker.request().params()).stream()
                .map(asker.asking().requests()::get)
                .filter(Objects::nonNull)
                .map(Request::node);
    }

    private List<Asker> askersOf(NodeKey node) {
        return askers.getOrDefault(node, List.of());
    }

    private void refuse(List<NodeKey> cycle) {
        List<String> names = new ArrayList<>();
        for (NodeKey node : cycle) {
            names.add(node.toString());
        }
        names.add(cycle.getFirst().toString());
        for (Asker asker : askersOf(cycle.getFirst())) {
            findings.add(asker.asking()
                    .spec()
                    .finding(
                            Severity.ERROR,
                            asker.request().pointer(),
                            "resources/cycle",
                            "these resources need each other in a circle: " + String.join(" → ", names),
                            "take one of the placeholders in their params away"));
        }
    }

    private static List<Finding> disagreements(Asker first, List<Asker> all) {
        List<Finding> wrong = new ArrayList<>();
        for (Asker asker : all) {
            if (!asker.request().params().isEmpty()
                    && !asker.request().params().equals(first.request().params())) {
                Spec other = first.asking().spec();
                wrong.add(asker.asking()
                        .spec()
                        .finding(
                                Severity.ERROR,
                                asker.request().pointer() + "/params",
                                "resources/disagree",
                                "this is the same " + asker.request().node() + " as in "
                                        + other.document().file() + ":"
                                        + other.document().line() + ", with other params",
                                "give it the same params, none at all, or another id"));
            }
        }
        return wrong;
    }

    private Rendered render(Asker asker, List<Finding> problems) {
        Request request = asker.request();
        Spec spec = asker.asking().spec();
        String at = request.pointer() + "/params";
        PlaceholderResolver resolver = resolver(asker.asking(), problems);
        Map<String, Object> params =
                resolver.part(request.params(), at, request.blueprint().parameters());
        given.put(request.node(), new Lates(surroundings.markers()).named(params, request.params()));
        problems.addAll(ParameterCheck.check(
                catalogue.checker(request.blueprint()), params, resolver.uses().keySet(), spec, at));
        if (!problems.isEmpty()) {
            return Rendered.nothing(problems);
        } else if (needs(asker).anyMatch(this::failed)) {
            return Rendered.nothing(List.of(needsBroken(spec, request)));
        }
        return new InstanceRenderer(
                        new Instance(
                                catalogue.compiled(request.blueprint()),
                                request.key(surroundings.environment()),
                                spec,
                                at,
                                params,
                                Schemas.withDefaults(params, request.blueprint().parameters()),
                                Variables.metadata(
                                        request.node().name(), request.metadata(), spec, surroundings.environment()),
                                Variables.workload(spec, request.name()),
                                resolver.uses()),
                        surroundings)
                .render();
    }

    /** Where only another resource is at fault, which says what is wrong. */
    private static Finding needsBroken(Spec spec, Request request) {
        return spec.finding(
                Severity.ERROR,
                request.pointer(),
                "resources/needs-broken",
                "this needs another resource of this spec that has an error",
                "mend that one first");
    }
}

package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Files;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.ResolvedSpec;
import dev.mergeway.schema.model.Severity;
import dev.mergeway.schema.model.Spec;
import dev.mergeway.schema.model.SpecKey;
import dev.mergeway.schema.model.Trees;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Expands specs of one environment by a catalogue's blueprints. Used once. */
public final class EnvironmentExpansion {
    private final Catalogue catalogue;
    private final Surroundings surroundings;
    private final String builtIn;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<NodeKey, List<Asker>> askers = new TreeMap<>();
    private final Map<NodeKey, Rendered> nodes = new HashMap<>();
    private final Map<SpecKey, Double> monthlyUsd = new TreeMap<>();
    private final Map<NodeKey, Map<String, Object>> given = new HashMap<>();
    private final List<ResolvedSpec> resolved = new ArrayList<>();

    /**
     * Expands into an environment.
     *
     * @param catalogue by whose blueprints
     * @param environment the environment
     * @param files what specs may refer to
     * @param builtIn the kind whose specs are checked here but expanded by the caller
     */
    public EnvironmentExpansion(Catalogue catalogue, Environment environment, Files files, String builtIn) {
        this.builtIn = builtIn;
        this.catalogue = catalogue;
        this.surroundings = Surroundings.of(environment, files);
    }

    /**
     * What it came to.
     *
     * @param resources in no particular order
     * @param findings what is wrong
     * @param monthlyUsd price a month in US dollars of each spec and resource that has one
     * @param builtIn sound specs of the built-in kind, whose resources are not among these
     * @param resolved all specs of known kinds as they are applied, or would be if nothing were wrong with them
     */
    public record Result(
            List<ConcreteResource> resources,
            List<Finding> findings,
            Map<SpecKey, Double> monthlyUsd,
            List<Spec> builtIn,
            List<ResolvedSpec> resolved) {}

    /** A spec that asks for an instance, and how. */
    private record Asker(Asking asking, Request request) {}

    /** Expands the specs; those of no known kind are left to the caller. */
    public Result expand(List<Spec> specs) {
        List<Asking> asking = asking(specs);
        ask(asking);
        refuseCycles();
        renderNodes();
        return assemble(asking);
    }

    private List<Asking> asking(List<Spec> specs) {
        List<Asking> asking = new ArrayList<>();
        Map<SpecKey, Spec> seen = new HashMap<>();
        List<Spec> sorted = new ArrayList<>(specs);
        sorted.sort(Comparator.comparing(Spec::kind)
                .thenComparing(spec -> spec.metadata().name())
                .thenComparing(spec -> spec.document().file())
                .thenComparing(spec -> spec.document().index()));
        for (Spec spec : sorted) {
            SpecKey key = new SpecKey(
                    surroundings.environment().name(),
                    spec.kind(),
                    spec.metadata().name());
            Spec before = seen.putIfAbsent(key, spec);
            if (before != null) {
                findings.add(spec.document()
                        .finding(
                                Severity.ERROR,
                                "/metadata/name",
                                "spec/duplicate",
                                "environment '" + key.environment() + "' already has a " + key.kind() + " called '"
                                        + key.name() + "', in "
                                        + before.document().file() + ":"
                                        + before.document().line(),
                                "give one of them another name, or take one away"));
            } else {
                catalogue
                        .ofKind(spec.kind())
                        .ifPresent(blueprint -> asking.add(Asking.of(spec, key, blueprint, catalogue)));
            }
        }
        return asking;
    }

    private void ask(List<Asking> asking) {
        for (Asking one : asking) {
            findings.addAll(one.findings());
            for (Request request : one.requests().values()) {
                askers.computeIfAbsent(request.node(), key -> new ArrayList<>()).add(new Asker(one, request));
            }
        }
    }

    /** What an instance's parameters refer to, in the eyes of each that asks for it. */
    private Graph<NodeKey> graph() {
        Map<NodeKey, Set<NodeKey>> before = new TreeMap<>();
        askers.forEach((node, all) -> {
            Set<NodeKey> needed = before.computeIfAbsent(node, key -> new TreeSet<>());
            for (Asker asker : all) {
                for (String name : PlaceholderResolver.named(asker.request().params())) {
                    Request other = asker.asking().requests().get(name);
                    if (other != null) {
                        needed.add(other.node());
                    }
                }
            }
        });
        return new Graph<>(before);
    }

    private List<Asker> askersOf(NodeKey node) {
        return askers.getOrDefault(node, List.of());
    }

    private void refuseCycles() {
        for (List<NodeKey> cycle : graph().cycles()) {
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
    }

    private void renderNodes() {
        for (NodeKey node : graph().order(Comparator.naturalOrder())) {
            List<Asker> all = askersOf(node);
            Asker first = all.stream()
                    .filter(asker -> !asker.request().params().isEmpty())
                    .findFirst()
                    .orElse(all.getFirst());
            List<Finding> wrong = disagreements(first, all);
            Rendered rendered = render(node, first, wrong);
            findings.addAll(rendered.findings());
            nodes.put(node, rendered);
        }
    }

    private List<Finding> disagreements(Asker first, List<Asker> all) {
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

    private Rendered render(NodeKey node, Asker asker, List<Finding> wrong) {
        List<Finding> problems = new ArrayList<>(wrong);
        Request request = asker.request();
        PlaceholderResolver resolver = new PlaceholderResolver(asker.asking(), nodes, surroundings.markers(), problems);
        String at = request.pointer() + "/params";
        Map<String, Object> given =
                resolver.part(request.params(), at, request.blueprint().parameters());
        this.given.put(node, new Lates(surroundings.markers()).named(given, request.params()));
        boolean needsFailed = PlaceholderResolver.named(request.params()).stream()
                .map(asker.asking().requests()::get)
                .anyMatch(other -> other != null && failed(other.node()));
        Spec spec = asker.asking().spec();
        problems.addAll(ParameterCheck.check(
                catalogue.checker(request.blueprint()), given, resolver.uses().keySet(), spec, at));
        if (needsFailed || !problems.isEmpty()) {
            return new Rendered(List.of(), Map.of(), Map.of(), null, failure(problems, spec, request));
        }
        String kind = request.blueprint().kind() == null
                ? node.type()
                : request.blueprint().kind();
        return new InstanceRenderer(
                        new Instance(
                                catalogue.compiled(request.blueprint()),
                                new SpecKey(surroundings.environment().name(), kind, node.name()),
                                spec,
                                at,
                                given,
                                params(request.blueprint().parameters(), given),
                                Variables.metadata(node.name(), request.metadata(), spec, surroundings.environment()),
                                Variables.workload(spec, request.name()),
                                resolver.uses()),
                        surroundings)
                .render();
    }

    /** What is wrong; where only another resource is at fault, a mark that says so once at the other. */
    private List<Finding> failure(List<Finding> problems, Spec spec, Request request) {
        return problems.isEmpty()
                ? List.of(spec.finding(
                        Severity.ERROR,
                        request.pointer(),
                        "resources/needs-broken",
                        "this needs another resource of this spec that has an error",
                        "mend that one first"))
                : problems;
    }

    private static Map<String, Object> params(Map<String, Object> schema, Map<String, Object> given) {
        return Trees.map(Schemas.withDefaults(given, schema));
    }

    private boolean failed(NodeKey node) {
        Rendered rendered = nodes.get(node);
        return rendered == null || rendered.failed();
    }

    private Result assemble(List<Asking> asking) {
        Map<SpecKey, Rendered> specs = new LinkedHashMap<>();
        Set<NodeKey> kept = new LinkedHashSet<>();
        for (Asking one : asking) {
            Set<NodeKey> used = new TreeSet<>();
            one.requests().values().forEach(request -> used.add(request.node()));
            boolean broken = one.failed() || used.stream().anyMatch(this::failed);
            Rendered rendered = render(one, broken);
            findings.addAll(rendered.findings());
            if (!broken && !rendered.failed()) {
                specs.put(one.key(), rendered);
                kept.addAll(used);
            }
        }
        List<Rendered> all = new ArrayList<>();
        new TreeSet<>(kept).forEach(node -> {
            Rendered rendered = nodes.get(node);
            if (rendered != null) {
                all.add(rendered);
                price(askersOf(node).getFirst().request(), rendered);
            }
        });
        specs.forEach((key, rendered) -> {
            all.add(rendered);
            if (rendered.monthlyUsd() != null) {
                monthlyUsd.merge(key, rendered.monthlyUsd(), Double::sum);
            }
        });
        List<Spec> others = asking.stream()
                .filter(one -> one.key().kind().equals(builtIn) && specs.containsKey(one.key()))
                .map(Asking::spec)
                .toList();
        return new Result(resources(all), findings, monthlyUsd, others, resolved);
    }

    private void price(Request request, Rendered rendered) {
        if (rendered.monthlyUsd() != null) {
            String kind = request.blueprint().kind() == null
                    ? request.node().type()
                    : request.blueprint().kind();
            SpecKey key = new SpecKey(
                    surroundings.environment().name(), kind, request.node().name());
            monthlyUsd.merge(key, rendered.monthlyUsd(), Double::sum);
        }
    }

    private Rendered render(Asking one, boolean broken) {
        List<Finding> problems = new ArrayList<>();
        PlaceholderResolver resolver = new PlaceholderResolver(one, nodes, surroundings.markers(), problems);
        Map<String, Object> given = resolver.body();
        resolved.add(resolved(one, given));
        CompiledBlueprint blueprint = catalogue.compiled(one.blueprint());
        if (broken || !problems.isEmpty() || blueprint.broken()) {
            return new Rendered(List.of(), Map.of(), Map.of(), null, problems);
        }
        Spec spec = one.spec();
        return new InstanceRenderer(
                        new Instance(
                                blueprint,
                                one.key(),
                                spec,
                                "",
                                given,
                                params(one.blueprint().parameters(), given),
                                Variables.metadata(spec, surroundings.environment()),
                                Variables.workload(spec, spec.metadata().name()),
                                resolver.uses()),
                        surroundings)
                .render();
    }

    /** The spec as it is applied; what is shared is so with the parameters of whoever gives them. */
    private ResolvedSpec resolved(Asking one, Map<String, Object> body) {
        Map<String, ResolvedSpec.Resource> resources = new TreeMap<>();
        Map<String, Object> entries = new LinkedHashMap<>(Trees.map(body.get("resources")));
        one.requests().forEach((name, request) -> {
            Map<String, Object> applied = given.getOrDefault(request.node(), Map.of());
            String kind = Optional.ofNullable(request.blueprint().kind())
                    .orElse(request.node().type());
            resources.put(
                    name,
                    new ResolvedSpec.Resource(kind, params(request.blueprint().parameters(), applied)));
            if (!applied.isEmpty()) {
                Map<String, Object> entry = new LinkedHashMap<>(Trees.map(entries.get(name)));
                entry.put("params", applied);
                entries.put(name, entry);
            }
        });
        Map<String, Object> whole = new LinkedHashMap<>(
                new Lates(surroundings.markers()).named(body, one.spec().body()));
        if (!resources.isEmpty()) {
            whole.put("resources", entries);
        }
        return new ResolvedSpec(one.spec(), params(one.blueprint().parameters(), whole), resources);
    }

    private List<ConcreteResource> resources(List<Rendered> all) {
        List<ConcreteResource> resources = new ArrayList<>();
        for (Rendered rendered : all) {
            for (ConcreteResource resource : rendered.resources()) {
                resources.add(Dependencies.across(resource, rendered, nodes));
            }
        }
        return resources;
    }
}

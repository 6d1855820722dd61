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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Expands specs of one environment by a catalogue's blueprints. Used once. */
public final class EnvironmentExpansion {
    private final Catalogue catalogue;
    private final Surroundings surroundings;
    private final String builtIn;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<SpecKey, Double> monthlyUsd = new TreeMap<>();
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

    /** Expands the specs; those of no known kind are left to the caller. */
    public Result expand(List<Spec> specs) {
        List<Asking> asking = asking(specs);
        asking.forEach(one -> findings.addAll(one.findings()));
        Instances instances = new Instances(catalogue, surroundings, asking, findings);
        instances.render();
        return assemble(asking, instances);
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

    private Result assemble(List<Asking> asking, Instances instances) {
        Map<SpecKey, Rendered> specs = new LinkedHashMap<>();
        Map<NodeKey, Request> kept = new TreeMap<>();
        for (Asking one : asking) {
            boolean broken = one.failed()
                    || one.requests().values().stream().anyMatch(request -> instances.failed(request.node()));
            Rendered rendered = render(one, broken, instances);
            findings.addAll(rendered.findings());
            if (!broken && !rendered.failed()) {
                specs.put(one.key(), rendered);
                one.requests().values().forEach(request -> kept.put(request.node(), request));
            }
        }
        List<Rendered> all = new ArrayList<>();
        kept.forEach((node, request) -> {
            Rendered rendered = instances.rendered().get(node);
            if (rendered != null) {
                all.add(rendered);
                price(request.key(surroundings.environment()), rendered);
            }
        });
        specs.forEach((key, rendered) -> {
            all.add(rendered);
            price(key, rendered);
        });
        List<Spec> others = asking.stream()
                .filter(one -> one.key().kind().equals(builtIn) && specs.containsKey(one.key()))
                .map(Asking::spec)
                .toList();
        return new Result(resources(all, instances), findings, monthlyUsd, others, resolved);
    }

    private void price(SpecKey key, Rendered rendered) {
        if (rendered.monthlyUsd() != null) {
            monthlyUsd.merge(key, rendered.monthlyUsd(), Double::sum);
        }
    }

    private Rendered render(Asking one, boolean broken, Instances instances) {
        List<Finding> problems = new ArrayList<>();
        PlaceholderResolver resolver = instances.resolver(one, problems);
        Map<String, Object> given = resolver.body();
        resolved.add(resolved(one, given, instances));
        CompiledBlueprint blueprint = catalogue.compiled(one.blueprint());
        if (broken || !problems.isEmpty() || blueprint.broken()) {
            return Rendered.nothing(problems);
        }
        Spec spec = one.spec();
        return new InstanceRenderer(
                        new Instance(
                                blueprint,
                                one.key(),
                                spec,
                                "",
                                given,
                                Schemas.withDefaults(given, one.blueprint().parameters()),
                                Variables.metadata(spec, surroundings.environment()),
                                Variables.workload(spec, spec.metadata().name()),
                                resolver.uses()),
                        surroundings)
                .render();
    }

    /** The spec as it is applied; what is shared is so with the parameters of whoever gives them. */
    private ResolvedSpec resolved(Asking one, Map<String, Object> body, Instances instances) {
        Map<String, ResolvedSpec.Resource> resources = new TreeMap<>();
        Map<String, Object> entries = new LinkedHashMap<>(Trees.map(body.get("resources")));
        one.requests().forEach((name, request) -> {
            Map<String, Object> applied = instances.given(request.node());
            resources.put(
                    name,
                    new ResolvedSpec.Resource(
                            request.kind(),
                            Schemas.withDefaults(applied, request.blueprint().parameters())));
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
        return new ResolvedSpec(
                one.spec(), Schemas.withDefaults(whole, one.blueprint().parameters()), resources);
    }

    private static List<ConcreteResource> resources(List<Rendered> all, Instances instances) {
        List<ConcreteResource> resources = new ArrayList<>();
        for (Rendered rendered : all) {
            for (ConcreteResource resource : rendered.resources()) {
                resources.add(Dependencies.across(resource, rendered, instances.rendered()));
            }
        }
        return resources;
    }
}

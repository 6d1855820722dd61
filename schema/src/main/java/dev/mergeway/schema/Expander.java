package dev.mergeway.schema;

import dev.mergeway.schema.blueprint.Catalogue;
import dev.mergeway.schema.blueprint.Dependencies;
import dev.mergeway.schema.blueprint.EnvironmentExpansion;
import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Expansion;
import dev.mergeway.schema.model.Files;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.ResolvedSpec;
import dev.mergeway.schema.model.Spec;
import dev.mergeway.schema.model.SpecKey;
import dev.mergeway.schema.score.Converted;
import dev.mergeway.schema.score.ScoreFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** From specs to concrete resources. Pure: the same input gives the same output, byte for byte. Safe to share. */
public final class Expander {
    private final Catalogue catalogue;

    /** Expands by the blueprints of the catalogue. */
    public Expander(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * An expansion and what it costs.
     *
     * @param expansion what the specs expand to
     * @param monthlyUsd price a month in US dollars of each spec, and each resource of a spec, whose blueprint has one
     * @param specs all specs of known kinds as they are applied, or would be if nothing were wrong with them
     */
    public record Priced(Expansion expansion, Map<SpecKey, Double> monthlyUsd, List<ResolvedSpec> specs) {
        public Priced {
            specs = List.copyOf(specs);
            monthlyUsd = java.util.Collections.unmodifiableMap(new TreeMap<>(monthlyUsd));
        }

        /** What all of it costs a month in US dollars, as far as its blueprints give a price. */
        public double total() {
            return monthlyUsd.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    /**
     * Expands specs of one environment. Whatever several of them share (the same resource type, class and id) is made
     * once. A spec that cannot be expanded is a finding and hides no other.
     *
     * @param environment where they belong
     * @param specs which to expand; may hold the environment's own spec. A reference to a sibling that is not among them
     *     (such as another Deployment's Service) still works, since it follows from names alone
     * @param files what the specs may refer to, such as the folder of a {@code Manifests}
     */
    public Expansion expand(Environment environment, List<Spec> specs, Files files) {
        return priced(environment, specs, files).expansion();
    }

    /** Expands as {@link #expand} does, and says what it costs and how each spec reads. */
    public Priced priced(Environment environment, List<Spec> specs, Files files) {
        List<Finding> findings = new ArrayList<>();
        List<Spec> whole =
                specs.stream().map(spec -> whole(spec, files, findings)).toList();
        EnvironmentExpansion.Result made =
                new EnvironmentExpansion(catalogue, environment, files, ManifestsExpansion.KIND).expand(whole);
        List<ConcreteResource> resources = new ArrayList<>(made.resources());
        findings.addAll(made.findings());
        PlainYaml yaml = new PlainYaml();
        for (Spec spec : made.builtIn()) {
            ManifestsExpansion manifests = new ManifestsExpansion(environment, spec, files, yaml);
            resources.addAll(manifests.resources());
            findings.addAll(manifests.findings());
        }
        List<ConcreteResource> distinct = Dependencies.distinct(resources, findings);
        findings.sort(Finding.ORDER);
        return new Priced(
                new Expansion(
                        Dependencies.ordered(distinct),
                        findings.stream().distinct().toList()),
                made.monthlyUsd(),
                made.resolved());
    }

    /** The spec with the files that a Score workload names by source put into it. */
    private static Spec whole(Spec spec, Files files, List<Finding> findings) {
        if (!ScoreFiles.concerns(spec)) {
            return spec;
        }
        Converted inlined = ScoreFiles.inline(spec, files);
        findings.addAll(inlined.findings());
        return inlined.spec().orElse(spec);
    }
}

package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.policy.PolicyRules;
import dev.mergeway.schema.Expander;
import dev.mergeway.schema.SpecReader;
import dev.mergeway.schema.blueprint.Catalogue;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Policy;
import java.util.ArrayList;
import java.util.List;

/**
 * What the platform offers at some moment: kinds and limits.
 *
 * @param id the same for the same blueprints and policies
 * @param catalogue the kinds
 * @param reader reads specs of these kinds
 * @param expander expands them
 * @param policies the limits, compiled
 * @param findings what is wrong with blueprints and policies
 */
public record Offer(
        String id,
        Catalogue catalogue,
        SpecReader reader,
        Expander expander,
        PolicyRules policies,
        List<Finding> findings) {
    public Offer {
        findings = List.copyOf(findings);
    }

    /** What comes with Mergeway, without any platform repository. */
    public static Offer shipped() {
        return of("shipped", Catalogue.shipped(), List.of(), List.of());
    }

    static Offer of(String id, Catalogue catalogue, List<Policy> policies, List<Finding> findings) {
        PolicyRules rules = new PolicyRules(policies);
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(rules.findings());
        return new Offer(id, catalogue, new SpecReader(catalogue), new Expander(catalogue), rules, all);
    }
}

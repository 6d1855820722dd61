package dev.mergeway.reconciler.flow;

import dev.mergeway.schema.Expander;
import dev.mergeway.schema.SpecReader;
import dev.mergeway.schema.blueprint.Catalogue;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Policy;
import java.util.List;

/**
 * What the platform offers at some moment: kinds and limits.
 *
 * @param id the same for the same blueprints and policies
 * @param catalogue the kinds
 * @param reader reads specs of these kinds
 * @param expander expands them
 * @param policies the limits
 * @param findings what is wrong with blueprints and policies
 */
public record Offer(
        String id,
        Catalogue catalogue,
        SpecReader reader,
        Expander expander,
        List<Policy> policies,
        List<Finding> findings) {
    public Offer {
        policies = List.copyOf(policies);
        findings = List.copyOf(findings);
    }

    /** What comes with Mergeway, without any platform repository. */
    public static Offer shipped() {
        return of("shipped", Catalogue.shipped(), List.of(), List.of());
    }

    static Offer of(String id, Catalogue catalogue, List<Policy> policies, List<Finding> findings) {
        return new Offer(id, catalogue, new SpecReader(catalogue), new Expander(catalogue), policies, findings);
    }
}

package dev.mergeway.schema;

import dev.mergeway.schema.blueprint.Catalogue;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Expansion;
import dev.mergeway.schema.model.Files;
import dev.mergeway.schema.model.Spec;
import java.util.List;

/** From specs to concrete resources. Pure: the same input gives the same output, byte for byte. Safe to share. */
public final class Expander {
    private final Catalogue catalogue;

    /** Expands by the blueprints of the catalogue. */
    public Expander(Catalogue catalogue) {
        this.catalogue = catalogue;
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
        throw new UnsupportedOperationException(catalogue.toString());
    }
}

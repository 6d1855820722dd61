package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.model.Blueprint;
import dev.mergeway.schema.model.Finding;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds and resource types that can be had: ours, and those of the platform's own blueprints. Immutable. */
public final class Catalogue {
    /** The blueprints that come with Mergeway, proven by its own tests. */
    public static Catalogue shipped() {
        throw new UnsupportedOperationException();
    }

    /**
     * This catalogue and more blueprints, each loaded and proven: expressions compile and type-check, references exist,
     * no cycles, secrets flow only where they may, examples and generated parameters render. One that fails is left out
     * with its findings; one of the same kind or type and class as one of ours takes its place.
     */
    public Loaded with(List<Blueprint> more) {
        throw new UnsupportedOperationException();
    }

    /** All blueprints, by name. */
    public Collection<Blueprint> blueprints() {
        throw new UnsupportedOperationException();
    }

    /** The blueprint that provides the kind. */
    public Optional<Blueprint> ofKind(String kind) {
        throw new UnsupportedOperationException();
    }

    /** The blueprint that provides the resource type in the class; {@code default} where no class is asked for. */
    public Optional<Blueprint> ofType(String type, String clazz) {
        throw new UnsupportedOperationException();
    }

    /** JSON Schema (draft 2020-12) of whole documents of the kind: the engine's kinds, and {@link #blueprints()}' kinds. */
    public Optional<Map<String, Object>> schema(String kind) {
        throw new UnsupportedOperationException();
    }

    /** A catalogue with what was wrong with the blueprints that were added. */
    public record Loaded(Catalogue catalogue, List<Finding> findings) {}
}

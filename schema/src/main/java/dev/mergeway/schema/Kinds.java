package dev.mergeway.schema;

import dev.mergeway.schema.blueprint.Catalogue;
import dev.mergeway.schema.model.Blueprint;
import dev.mergeway.schema.validate.CompiledSchema;
import dev.mergeway.schema.validate.EngineSchemas;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** All kinds that a reader knows, each with its schema, compiled when it is first used. Safe to share. */
final class Kinds {
    private final Set<String> names;
    private final Function<String, Optional<Map<String, Object>>> catalogue;
    private final Map<String, CompiledSchema> compiled = new ConcurrentHashMap<>();

    /**
     * The engine's kinds and these.
     *
     * @param names kinds of a catalogue
     * @param catalogue kind to the schema of its documents
     */
    Kinds(Collection<String> names, Function<String, Optional<Map<String, Object>>> catalogue) {
        this.names = new TreeSet<>(names);
        this.names.addAll(EngineSchemas.KINDS);
        this.catalogue = catalogue;
    }

    static Kinds of(Catalogue catalogue) {
        Set<String> names = new TreeSet<>();
        for (Blueprint blueprint : catalogue.blueprints()) {
            if (blueprint.kind() != null) {
                names.add(blueprint.kind());
            }
        }
        return new Kinds(names, catalogue::schema);
    }

    Set<String> names() {
        return names;
    }

    boolean has(String kind) {
        return names.contains(kind);
    }

    /** The schema of a kind that {@link #has} knows, or empty where the catalogue has none for it. */
    Optional<CompiledSchema> schema(String kind) {
        CompiledSchema known = compiled.get(kind);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<CompiledSchema> made = source(kind).map(CompiledSchema::of);
        made.ifPresent(schema -> compiled.putIfAbsent(kind, schema));
        return made;
    }

    /** The schema of a kind as it is written. */
    Optional<Map<String, Object>> source(String kind) {
        return EngineSchemas.of(kind).or(() -> catalogue.apply(kind));
    }
}

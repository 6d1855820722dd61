package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.model.Blueprint;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Severity;
import dev.mergeway.schema.validate.CompiledSchema;
import dev.mergeway.schema.validate.EngineSchemas;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The kinds and resource types that can be had: ours, and those of the platform's own blueprints. Immutable. */
public final class Catalogue {
    private static final String DEFAULT_CLASS = "default";

    private final Map<String, Blueprint> byName;
    private final Map<String, Blueprint> byKind = new HashMap<>();
    private final Map<String, Map<String, Blueprint>> byType = new TreeMap<>();
    /** Compiled at their first use, since that takes a second for the first and most commands need few of them. */
    private final ConcurrentMap<String, CompiledBlueprint> compiled;

    private final ConcurrentMap<String, CompiledSchema> checkers = new ConcurrentHashMap<>();

    private Catalogue(Collection<Blueprint> blueprints, Map<String, CompiledBlueprint> compiled) {
        this.byName = new TreeMap<>();
        this.compiled = new ConcurrentHashMap<>(compiled);
        for (Blueprint blueprint : blueprints) {
            byName.put(blueprint.name(), blueprint);
            if (blueprint.kind() != null) {
                byKind.put(blueprint.kind(), blueprint);
            }
            if (blueprint.type() != null) {
                byType.computeIfAbsent(blueprint.type(), type -> new TreeMap<>())
                        .put(blueprint.clazz(), blueprint);
            }
        }
    }

    /** The blueprints that come with Mergeway, proven by its own tests. */
    public static Catalogue shipped() {
        return new Catalogue(ShippedBlueprints.read(), Map.of());
    }

    /** No blueprints at all. */
    public static Catalogue empty() {
        return new Catalogue(List.of(), Map.of());
    }

    /**
     * This catalogue and more blueprints, each loaded and proven: expressions compile and type-check, references exist,
     * no cycles, secrets flow only where they may, examples and generated parameters render. One that fails is left out
     * with its findings; one of the same kind or type and class as one of ours takes its place.
     */
    public Loaded with(List<Blueprint> more) {
        List<Finding> findings = new ArrayList<>();
        Map<String, CompiledBlueprint> proven = new HashMap<>(compiled);
        List<Blueprint> added = new ArrayList<>();
        for (Blueprint blueprint : more) {
            Optional<Finding> clash = clash(blueprint, added);
            CompiledBlueprint result = BlueprintCompiler.compile(blueprint);
            List<Finding> wrong = new ArrayList<>(result.findings());
            wrong.addAll(Proof.of(result));
            clash.ifPresent(wrong::add);
            findings.addAll(wrong);
            if (wrong.stream().noneMatch(Finding::isError)) {
                added.add(blueprint);
                proven.put(blueprint.name(), result);
            }
        }
        List<Blueprint> all = new ArrayList<>();
        byName.values().stream().filter(ours -> clash(ours, added).isEmpty()).forEach(all::add);
        all.addAll(added);
        findings.sort(Finding.ORDER);
        return new Loaded(new Catalogue(all, proven), List.copyOf(findings));
    }

    /** Why two blueprints cannot both be had, where one of the others provides the same or has the same name. */
    private static Optional<Finding> clash(Blueprint blueprint, List<Blueprint> others) {
        for (Blueprint other : others) {
            boolean kind = blueprint.kind() != null && blueprint.kind().equals(other.kind());
            boolean type = blueprint.type() != null
                    && blueprint.type().equals(other.type())
                    && blueprint.clazz().equals(other.clazz());
            if (kind || type || blueprint.name().equals(other.name())) {
                String what = kind
                        ? "kind " + blueprint.kind()
                        : type
                                ? "type " + blueprint.type() + " of class " + blueprint.clazz()
                                : "blueprint " + blueprint.name();
                return Optional.of(blueprint
                        .spec()
                        .finding(
                                Severity.ERROR,
                                "/provides",
                                "blueprint/duplicate",
                                "there are two blueprints for " + what + ": this one and the one in "
                                        + other.spec().document().file() + ":"
                                        + other.spec().document().line(),
                                "keep one of them"));
            }
        }
        return Optional.empty();
    }

    /** All blueprints, by name. */
    public Collection<Blueprint> blueprints() {
        return List.copyOf(byName.values());
    }

    /** All kinds that blueprints provide, sorted. */
    public Set<String> kinds() {
        return new TreeSet<>(byKind.keySet());
    }

    /** All resource types, sorted. */
    public Set<String> types() {
        return new TreeSet<>(byType.keySet());
    }

    /** The classes of a resource type, sorted. */
    public Set<String> classes(String type) {
        return new TreeSet<>(byType.getOrDefault(type, Map.of()).keySet());
    }

    /** The blueprint that provides the kind. */
    public Optional<Blueprint> ofKind(String kind) {
        return Optional.ofNullable(byKind.get(kind));
    }

    /**
     * The blueprint that provides the resource type in the class; {@code default} where no class is asked for, which is
     * also what the first of its classes answers to where none has that name.
     */
    public Optional<Blueprint> ofType(String type, String clazz) {
        Map<String, Blueprint> classes = byType.getOrDefault(type, Map.of());
        Blueprint exact = classes.get(clazz);
        return exact != null || !clazz.equals(DEFAULT_CLASS)
                ? Optional.ofNullable(exact)
                : classes.values().stream().findFirst();
    }

    /** JSON Schema (draft 2020-12) of whole documents of the kind: the engine's kinds, and {@link #blueprints()}' kinds. */
    public Optional<Map<String, Object>> schema(String kind) {
        return EngineSchemas.of(kind)
                .or(() -> ofKind(kind)
                        .map(blueprint ->
                                EngineSchemas.document(kind, description(blueprint), blueprint.parameters())));
    }

    private static String description(Blueprint blueprint) {
        Object described = blueprint.parameters().get("description");
        return described == null
                ? "A " + blueprint.kind() + ", made by the blueprint '" + blueprint.name() + "'."
                : described.toString();
    }

    /** What checks parameters of the blueprint. */
    CompiledSchema checker(Blueprint blueprint) {
        return checkers.computeIfAbsent(blueprint.name(), name -> CompiledSchema.of(blueprint.parameters()));
    }

    /** The blueprint with its expressions compiled. */
    CompiledBlueprint compiled(Blueprint blueprint) {
        return compiled.computeIfAbsent(blueprint.name(), name -> BlueprintCompiler.compile(blueprint));
    }

    /** A catalogue with what was wrong with the blueprints that were added. */
    public record Loaded(Catalogue catalogue, List<Finding> findings) {}
}

package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Pointers;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.resource.Trees;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.validate.CompiledSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Kinds that a plan makes or changes. The API server cannot say yet whether an object fits one of them; the definition
 * says it.
 *
 * @param types the types of theirs
 * @param shapes what their definitions say of whole objects, by type
 */
record ComingKinds(Set<String> types, Map<String, Shape> shapes) {
    /** What one plan may say of one object; whoever mends these sees the rest. */
    private static final int MOST = 5;

    /**
     * What fits a kind.
     *
     * @param structural as its definition has it
     * @param compiled the same, ready to check
     */
    record Shape(Map<String, Object> structural, CompiledSchema compiled) {}

    /** @param changing the definitions that are made or changed, by type */
    static ComingKinds of(Map<String, Desired> changing) {
        Map<String, Shape> shapes = new HashMap<>();
        changing.forEach((type, definition) -> KindSchema.structural(definition.body(), type)
                .ifPresent(structural -> {
                    try {
                        CompiledSchema compiled = CompiledSchema.of(KindSchema.of(structural));
                        shapes.put(type, new Shape(structural, compiled));
                    } catch (IllegalArgumentException e) {
                        shapes.remove(type); // the dry run of the definition says what is wrong with it
                    }
                }));
        return new ComingKinds(Set.copyOf(changing.keySet()), Map.copyOf(shapes));
    }

    /** Why the object will not fit its kind; empty where it will, or where only the API server can say. */
    Optional<Problem> misfit(Desired desired) {
        Shape shape = shapes.get(desired.key().type());
        return shape == null ? Optional.empty() : misfit(desired, shape);
    }

    private static Optional<Problem> misfit(Desired desired, Shape shape) {
        Map<String, Object> body = desired.body();
        for (Map.Entry<String, String> later : desired.unknown().entrySet()) {
            body = Trees.with(body, later.getKey(), later.getValue());
        }
        List<Finding> findings = shape
                .compiled()
                .check(
                        KindSchema.settled(shape.structural(), body),
                        (severity, pointer, rule, message, hint) ->
                                new Finding(severity, "", Position.START, pointer, rule, message, hint))
                .stream()
                .filter(finding ->
                        !Pointers.within(finding.pointer(), desired.unknown().keySet()))
                .toList();
        if (findings.isEmpty()) {
            return Optional.empty();
        }
        String words = findings.stream()
                .limit(MOST)
                .map(finding -> finding.sentences())
                .collect(Collectors.joining(" "));
        String message = Refusals.name(desired.key()) + " does not fit its kind, which comes with the same change: "
                + Sensitivity.of(desired).strike(words);
        return Optional.of(Refusals.author(message, findings.getFirst().pointer()));
    }
}

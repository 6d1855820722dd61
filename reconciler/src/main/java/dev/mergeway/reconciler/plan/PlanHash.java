package dev.mergeway.reconciler.plan;

import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.CanonicalJson;
import dev.mergeway.reconciler.resource.FieldChange;
import dev.mergeway.schema.model.ResourceKey;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plan is bound to: all that decides what happens, and nothing else. Not in it: commits, lines in files, words, and
 * what stays unchanged. Nothing of a sensitive value is in it either, not even a hash: only that the field changes.
 */
public final class PlanHash {
    private PlanHash() {}

    /** 16 hex digits for what would be done, in this order, in these environments. */
    public static String of(Collection<String> environments, List<PlanStep> steps) {
        List<?> tree = steps.stream()
                .filter(step -> step.action() != Action.UNCHANGED)
                .map(PlanHash::tree)
                .toList();
        return CanonicalJson.hash(List.of(environments.stream().sorted().toList(), tree));
    }

    /** 16 hex digits for what a plan deletes and replaces, whatever the order; the same for every plan that destroys nothing. */
    public static String ofDestroyed(List<PlanStep> steps) {
        return CanonicalJson.hash(steps.stream()
                .filter(step -> step.action().destroys())
                .map(step -> CanonicalJson.text(
                        List.of(step.environment(), step.action().label(), tree(step.resource()))))
                .sorted()
                .toList());
    }

    private static List<?> tree(PlanStep step) {
        return List.of(
                step.action().label(),
                tree(step.resource()),
                step.environment(),
                step.fields().stream().map(PlanHash::tree).toList(),
                step.requires(),
                step.dependsOn().stream().map(PlanHash::tree).toList());
    }

    private static List<String> tree(ResourceKey key) {
        return List.of(key.provider(), key.target(), key.type(), key.namespace(), key.name());
    }

    private static List<@Nullable Object> tree(FieldChange change) {
        return Arrays.asList(change.pointer(), change.before(), change.after(), change.sensitive());
    }
}

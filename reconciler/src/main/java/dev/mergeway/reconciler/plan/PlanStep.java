package dev.mergeway.reconciler.plan;

import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.FieldChange;
import dev.mergeway.schema.model.ResourceKey;
import java.util.List;

/**
 * One step of a plan.
 *
 * @param action what would be done
 * @param resource to what
 * @param environment where
 * @param file the spec's file; for a deletion the file that it came from, "" where nobody knows any more
 * @param line the spec's line, 0 where nobody knows
 * @param fields what would change, by pointer; empty for unchanged
 * @param requires what must happen first, such as {@code approval}; sorted
 * @param dependsOn resources of this plan that come before it, sorted
 * @param reason why it replaces, adopts, conflicts or needs an approval, in plain words; "" where nothing needs saying
 * @param stateful whether it holds data
 */
public record PlanStep(
        Action action,
        ResourceKey resource,
        String environment,
        String file,
        int line,
        List<FieldChange> fields,
        List<String> requires,
        List<ResourceKey> dependsOn,
        String reason,
        boolean stateful) {
    public PlanStep {
        fields = List.copyOf(fields);
        requires = List.copyOf(requires);
        dependsOn = List.copyOf(dependsOn);
    }
}

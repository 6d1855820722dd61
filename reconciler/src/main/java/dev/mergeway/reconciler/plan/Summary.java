package dev.mergeway.reconciler.plan;

import dev.mergeway.reconciler.resource.Action;
import java.util.List;

/** How many steps of each action a plan has. An adoption counts as an update. */
public record Summary(int create, int update, int replace, int delete, int unchanged) {
    /** Counts. */
    public static Summary of(List<PlanStep> steps) {
        int[] counts = new int[Action.values().length];
        steps.forEach(step -> counts[step.action().ordinal()]++);
        return new Summary(
                counts[Action.CREATE.ordinal()],
                counts[Action.UPDATE.ordinal()] + counts[Action.ADOPT.ordinal()],
                counts[Action.REPLACE.ordinal()],
                counts[Action.DELETE.ordinal()],
                counts[Action.UNCHANGED.ordinal()]);
    }

    /** Steps that change something. */
    public int changes() {
        return create + update + replace + delete;
    }
}

package dev.mergeway.reconciler.resource;

import dev.mergeway.schema.model.ResourceKey;
import org.jspecify.annotations.Nullable;

/**
 * What became of one resource.
 *
 * @param key the resource
 * @param result what was done
 * @param problem why not, null unless it failed
 */
public record Outcome(
        ResourceKey key, Result result, @Nullable Problem problem) {
    public Outcome {
        if ((result == Result.FAILED) != (problem != null)) {
            throw new IllegalArgumentException("an outcome has a problem exactly where it failed: " + key);
        }
    }

    /** It went as told. */
    public static Outcome done(ResourceKey key, Result result) {
        return new Outcome(key, result, null);
    }

    /** It could not be done. */
    public static Outcome failed(ResourceKey key, Problem problem) {
        return new Outcome(key, Result.FAILED, problem);
    }

    /** What was done. SKIPPED: something it depends on failed. */
    public enum Result {
        CREATED,
        UPDATED,
        REPLACED,
        DELETED,
        UNCHANGED,
        SKIPPED,
        FAILED
    }
}

package dev.mergeway.reconciler.port;

import dev.mergeway.reconciler.resource.Problem;
import org.jspecify.annotations.Nullable;

/** A target as a whole cannot be asked. */
public final class TargetException extends Exception {
    private final Problem problem;

    /** Carries whose turn it is and what to do. */
    public TargetException(Problem problem, @Nullable Throwable cause) {
        super(problem.message(), cause);
        this.problem = problem;
    }

    /** Why, and whose turn it is. */
    public Problem problem() {
        return problem;
    }
}

package dev.mergeway.reconciler.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run, for the history.
 *
 * @param id sorts by time of start, unique
 * @param kind {@code review release drift expiry}
 * @param repository name of the configured repository, "" where it is about no single one
 * @param environment "" where it is about none or several
 * @param pull number of the pull request, null where there is none
 * @param revision commit it looked at
 * @param state how it stands
 * @param started when it began
 * @param finished when it ended, null while it has not
 * @param message one line for a person
 * @param steps what was done, in order
 */
public record RunRecord(
        String id,
        String kind,
        String repository,
        String environment,
        @Nullable Integer pull,
        String revision,
        RunState state,
        Instant started,
        @Nullable Instant finished,
        String message,
        List<Step> steps) {
    public RunRecord {
        steps = List.copyOf(steps);
    }

    /** What it is a run of: the key that is one place at a time while it goes on. */
    public RunKey key() {
        return switch (kind) {
            case "review" -> new RunKey.Review(repository, pull == null ? 0 : pull);
            case "release" -> new RunKey.Release(environment);
            case "drift" -> new RunKey.Drift(environment);
            case "expiry" -> new RunKey.Expiry(environment);
            default -> throw new IllegalStateException("no kind of run: " + kind);
        };
    }

    /** When it ended. */
    public Optional<Instant> ended() {
        return Optional.ofNullable(finished);
    }

    /**
     * One thing that was done.
     *
     * @param action as in the plan, such as {@code create}
     * @param resource the resource as text
     * @param result as in the outcome, lower case; {@code started} where it was begun and not (yet) ended
     * @param message why not, "" where it went well
     */
    public record Step(String action, String resource, String result, String message) {}
}

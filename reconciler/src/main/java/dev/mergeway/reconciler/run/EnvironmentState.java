package dev.mergeway.reconciler.run;

import dev.mergeway.reconciler.resource.HealthState;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an environment; rebuilt by looking when it is lost.
 *
 * @param name its name
 * @param team who owns it, "" where nobody is named
 * @param tier its tier's label
 * @param repository name of the configured repository that declares it
 * @param sync how live compares with Git
 * @param health how its resources are doing, the worst of them
 * @param revisions per repository the commit that was applied last
 * @param expires when its time is up, null where it stays
 * @param message one line for a person: why it is not in sync, or what was put right last
 * @param lastRun id of its last run, "" before the first
 */
public record EnvironmentState(
        String name,
        String team,
        String tier,
        String repository,
        Sync sync,
        HealthState.Status health,
        Map<String, String> revisions,
        @Nullable Instant expires,
        String message,
        String lastRun) {
    public EnvironmentState {
        revisions = Map.copyOf(revisions);
    }

    /** One of which nothing is known yet but this. */
    public static EnvironmentState unknown(String name, Sync sync, String message) {
        return new EnvironmentState(name, "", "", "", sync, HealthState.Status.UNKNOWN, Map.of(), null, message, "");
    }

    /** The same, comparing with Git in another way, for a reason. */
    public EnvironmentState with(Sync other, String reason) {
        return new EnvironmentState(name, team, tier, repository, other, health, revisions, expires, reason, lastRun);
    }

    /** The same, doing otherwise. */
    public EnvironmentState with(HealthState.Status other) {
        return new EnvironmentState(name, team, tier, repository, sync, other, revisions, expires, message, lastRun);
    }

    /** The same until another time, null for ever. */
    public EnvironmentState until(@Nullable Instant over) {
        return new EnvironmentState(name, team, tier, repository, sync, health, revisions, over, message, lastRun);
    }

    /** How live compares with Git. */
    public enum Sync {
        SYNCED("Synced"),
        OUT_OF_SYNC("OutOfSync"),
        HELD("Held"),
        UNKNOWN("Unknown");

        private final String label;

        Sync(String label) {
            this.label = label;
        }

        /** As in the API: {@code Synced OutOfSync Held Unknown}. */
        public String label() {
            return label;
        }
    }
}

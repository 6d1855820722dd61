package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.resource.Outcome.Result;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.resource.Problem.Turn;
import dev.mergeway.schema.model.ResourceKey;
import java.time.Duration;
import java.util.Optional;

/** Makes one live object as desired, by server-side apply. */
final class Applying {
    /** How often the object may be changed, deleted or made by others between our look and our apply. */
    private static final int TRIES = 8;

    private final Tools tools;

    /**
     * What applying works with.
     *
     * @param actors the API server as owners may ask it
     * @param home namespace of the inventory objects
     */
    record Tools(
            Actors actors,
            Kinds kinds,
            SyncMemory memory,
            Inventory inventory,
            Deleting deleting,
            Readiness readiness,
            String home) {}

    Applying(Tools tools) {
        this.tools = tools;
    }

    Outcome apply(Desired desired, Difference planned) throws Unreachable {
        ResourceKey key = desired.key();
        if (planned.action() == Action.UNCHANGED) {
            return Outcome.done(key, Result.UNCHANGED);
        }
        Optional<Problem> refusal = planned.refused().or(() -> Names.problem(key));
        if (refusal.isPresent()) {
            return Outcome.failed(key, refusal.get());
        }
        if (!desired.unknown().isEmpty()) {
            // Without these leaves it would not be what is desired, and what is live at them would be removed.
            String leaves = String.join(", ", desired.unknown().values());
            return Outcome.failed(
                    key, new Problem(Turn.MERGEWAY, "It waits for " + leaves + ", which is not known yet.", "", true));
        }
        tools.memory().forget(key);
        Attempt attempt = new Attempt(tools, desired, planned);
        for (int tries = 1; tries <= TRIES; tries++) {
            Optional<Outcome> outcome = attempt.once();
            if (outcome.isPresent()) {
                return outcome.get();
            }
            tools.actors().of(desired.owner()).waitFor(Patience.after(tries, Duration.ZERO));
        }
        return attempt.lastWords();
    }
}

package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.index.Touched;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One repository's part in a plan: what it said, what it says, and what of it is touched.
 *
 * @param before what it said when it was applied last; null where nobody knows, so that the live inventory must tell
 * @param after what it says
 * @param touched what to look at, by environment
 * @param changed paths that changed; what is wrong in them is told, also where nobody knows what they are about
 */
record Pair(@Nullable Side before, Side after, Map<String, Touched> touched, List<String> changed) {
    Pair {
        touched = Map.copyOf(touched);
        changed = List.copyOf(changed);
    }

    /** A part that says the same as before, to be looked at again. */
    static Pair unchanged(Side side, Map<String, Touched> touched) {
        return new Pair(side, side, touched, List.of());
    }

    /** What it said when it was applied last. */
    Optional<Side> known() {
        return Optional.ofNullable(before);
    }
}

package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.reconciler.port.Snapshot;
import dev.mergeway.reconciler.run.EnvironmentState;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Repositories that had something in an environment at a commit that is gone, since their history was rewritten and the clone
 * is a new one, and that name it no more. What they had is live, though no commit says so: it goes as any removal does, which
 * is not before somebody was shown it.
 */
final class Lost {
    private Lost() {}

    /**
     * Which those are. None where a repository has no tip that took part: then nobody knows what it says now.
     *
     * @param earlier by repository name what was applied, of those whose commit is there
     */
    static List<Side> of(EnvironmentState known, List<Side> tips, Map<String, Snapshot> earlier, Ledger ledger) {
        Set<String> applied = known.revisions().keySet();
        List<Side> lost = tips.stream()
                .filter(tip -> applied.contains(name(tip)) && !earlier.containsKey(name(tip)))
                .filter(tip -> tip.index().filesOf(known.name()).isEmpty())
                .toList();
        if (lost.isEmpty()
                || !tips.stream().map(Lost::name).collect(Collectors.toSet()).containsAll(applied)) {
            return List.of();
        }
        Set<String> had = new HashSet<>(Set.of(known.repository()));
        Ledger.Filter all = new Ledger.Filter(known.name(), "", "");
        Ledger.each(after -> ledger.resources(all, after, 500), state -> had.add(state.repository()));
        return lost.stream().filter(tip -> had.contains(name(tip))).toList();
    }

    private static String name(Side side) {
        return side.repository().name();
    }
}

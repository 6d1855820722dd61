package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.index.Touched;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a repository says differently than when it was applied last.
 *
 * @param was what it said
 * @param is what it says
 * @param paths the paths that changed
 * @param touched what they touch, by environment
 */
record Change(Side was, Side is, List<String> paths, Map<String, Touched> touched) {
    /**
     * Its part in a plan of one environment, if it has any.
     *
     * @param all whether everything is to be looked at: after a release that did not go through, what it left is not known
     *     spec by spec
     */
    Optional<Pair> pair(String environment, boolean all) {
        Touched here = touched.get(environment);
        if (all && (here != null || !is.index().filesOf(environment).isEmpty())) {
            here = Touched.WHOLE;
        }
        List<String> about =
                paths.stream().filter(path -> isAbout(path, environment)).toList();
        return here == null ? Optional.empty() : Optional.of(new Pair(was, is, Map.of(environment, here), about));
    }

    /** Its part where nothing of it is touched. */
    Pair still() {
        return new Pair(was, is, Map.of(), List.of());
    }

    private boolean isAbout(String path, String environment) {
        return was.index().environmentsOf(path).contains(environment)
                || is.index().environmentsOf(path).contains(environment);
    }

    /** What it touches in other environments. */
    Optional<Pair> elsewhere(String environment) {
        Map<String, Touched> others = new TreeMap<>(touched);
        others.remove(environment);
        return others.isEmpty() ? Optional.empty() : Optional.of(new Pair(was, is, others, paths));
    }
}

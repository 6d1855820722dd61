package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.index.Touched;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Environments that change as a whole: what any repository has in them may come out differently, or goes with them,
 * though nobody touched it. Reviews and releases ask the same, so that what was shown is what is done.
 */
final class Wholes {
    private Wholes() {}

    /**
     * The repositories that take part.
     *
     * @param moved those that changed, as far as they did
     * @param still all others, with nothing touched
     * @return the first, and after them those of the others that have something in an environment that changes as a whole;
     *     with all that they have there
     */
    static List<Pair> complete(List<Pair> moved, List<Pair> still) {
        Set<String> wholes = new TreeSet<>();
        moved.forEach(pair -> pair.touched().forEach((name, touched) -> {
            if (touched.whole()) {
                wholes.add(name);
            }
        }));
        List<Pair> complete = new ArrayList<>();
        moved.forEach(pair -> complete.add(with(pair, wholes)));
        still.stream()
                .map(pair -> with(pair, wholes))
                .filter(pair -> !pair.touched().isEmpty())
                .forEach(complete::add);
        return complete;
    }

    private static Pair with(Pair pair, Set<String> wholes) {
        Map<String, Touched> touched = new TreeMap<>(pair.touched());
        wholes.stream()
                .filter(name -> !pair.after().index().filesOf(name).isEmpty()
                        || pair.known()
                                .filter(side -> !side.index().filesOf(name).isEmpty())
                                .isPresent())
                .forEach(name -> touched.merge(name, Touched.WHOLE, Touched::and));
        return new Pair(pair.before(), pair.after(), touched, pair.changed());
    }
}

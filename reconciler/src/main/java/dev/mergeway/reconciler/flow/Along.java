package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.plan.Unwanted;
import dev.mergeway.reconciler.port.Target;
import dev.mergeway.reconciler.port.TargetException;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.schema.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks the targets what a deletion would take along that nobody here made: that is shown, and a second person agrees. */
final class Along {
    private Along() {}

    /**
     * The same deletions, each with what it takes along.
     *
     * @param unreachable takes the problems of targets that cannot be asked
     */
    static List<Unwanted> of(Map<String, Target> targets, List<Unwanted> unwanted, List<Problem> unreachable) {
        Set<ResourceKey> going = unwanted.stream().map(one -> one.live().key()).collect(Collectors.toSet());
        List<Unwanted> all = new ArrayList<>();
        for (Unwanted one : unwanted) {
            try {
                List<ResourceKey> along = new ArrayList<>(along(targets, one));
                along.removeAll(going);
                all.add(one.taking(along));
            } catch (TargetException e) {
                unreachable.add(e.problem());
                all.add(one);
            }
        }
        return all;
    }

    private static List<ResourceKey> along(Map<String, Target> targets, Unwanted one) throws TargetException {
        ResourceKey key = one.live().key();
        Target target = targets.get(key.target());
        String environment =
                one.live().owner().map(owner -> owner.spec().environment()).orElse("");
        return target == null ? List.of() : target.along(key, environment);
    }
}

package dev.mergeway.reconciler.app;

import dev.mergeway.reconciler.app.ServerConfig.TargetConfig;
import dev.mergeway.reconciler.port.Target;
import dev.mergeway.reconciler.port.TargetException;
import dev.mergeway.reconciler.resource.Problem;

/** Targets that are reached over the network. */
final class Clusters {
    private Clusters() {}

    static Target open(TargetConfig.Kubernetes target) throws TargetException {
        throw notYet(target);
    }

    static TargetException notYet(TargetConfig target) {
        String message = "Target " + target.name() + " is of a type that this version does not serve yet.";
        return new TargetException(new Problem(Problem.Turn.PLATFORM, message, "", false), null);
    }
}

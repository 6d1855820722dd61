package dev.mergeway.reconciler.app;

import dev.mergeway.reconciler.app.ServerConfig.TargetConfig;
import dev.mergeway.reconciler.kubernetes.ClusterAccess;
import dev.mergeway.reconciler.kubernetes.KubernetesTarget;
import dev.mergeway.reconciler.port.Target;
import dev.mergeway.reconciler.port.TargetException;
import dev.mergeway.reconciler.resource.Problem;
import java.io.IOException;

/** Targets that are reached over the network. */
final class Clusters {
    private Clusters() {}

    /** A cluster; nothing is asked of it yet. */
    static Target open(TargetConfig.Kubernetes target) throws TargetException {
        try {
            return new KubernetesTarget(ClusterAccess.of(target.name(), target.login()), target.as());
        } catch (IOException e) {
            String message = "Target " + target.name() + " cannot be reached: " + e.getMessage()
                    + " Correct kubeconfig, context or server of the target in the configuration.";
            throw new TargetException(new Problem(Problem.Turn.PLATFORM, message, "", false), e);
        }
    }

    /** AWS is not served yet; a configuration that asks for it is refused at start instead of failing later. */
    static TargetException notYet(TargetConfig.Aws target) {
        String message = "Target " + target.name() + " is of type aws, which this version does not serve yet."
                + " Take it out of the configuration, or let a directory stand in for it.";
        return new TargetException(new Problem(Problem.Turn.PLATFORM, message, "", false), null);
    }
}

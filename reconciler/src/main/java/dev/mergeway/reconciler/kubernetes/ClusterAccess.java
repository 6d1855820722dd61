package dev.mergeway.reconciler.kubernetes;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * How to reach one cluster.
 *
 * @param name the target's name in the configuration
 * @param login where the API server is and who we are there
 * @param as whom to act as
 * @param home namespace of our inventory objects, made when first needed; never a namespace of an environment
 * @param concurrency requests in flight at most, watches not counted
 */
public record ClusterAccess(String name, Login login, Impersonation as, String home, int concurrency) {
    /** Namespace of the inventory objects where nobody says otherwise. */
    public static final String HOME = "mergeway-system";

    /** Requests in flight where nobody says otherwise: enough to keep an API server of two cores busy. */
    public static final int CONCURRENCY = 32;

    public ClusterAccess {
        if (name.isBlank() || home.isBlank()) {
            throw new IllegalArgumentException("a cluster needs a name and a namespace for its inventory");
        }
        if (concurrency < 1 || concurrency > 256) {
            throw new IllegalArgumentException("1 to 256 requests at once, not " + concurrency);
        }
    }

    /** Access as ourselves with the usual limits. */
    public static ClusterAccess of(String name, Login login) {
        return new ClusterAccess(name, login, Impersonation.NONE, HOME, CONCURRENCY);
    }

    /** Where the API server is and who we are there. */
    public sealed interface Login {}

    /**
     * As {@code kubectl} would.
     *
     * @param file a kubeconfig file
     * @param context name of the context, "" for the file's current one
     */
    public record Kubeconfig(Path file, String context) implements Login {}

    /** With the service account of the pod that we run in. */
    public record InCluster() implements Login {}

    /**
     * With a bearer token.
     *
     * @param server URL of the API server
     * @param authority file with the certificate of its authority
     * @param token gives the token whenever it is needed, so that it may be rotated
     */
    public record Token(String server, Path authority, Supplier<String> token) implements Login {}

    /**
     * Whom to act as, so that a team's rights bound what its specs can do.
     *
     * @param user "" for ourselves
     * @param groups groups of that user
     */
    public record Impersonation(String user, List<String> groups) {
        public static final Impersonation NONE = new Impersonation("", List.of());

        public Impersonation {
            groups = List.copyOf(groups);
            if (user.isEmpty() && !groups.isEmpty()) {
                throw new IllegalArgumentException("groups are impersonated together with a user only");
            }
        }
    }
}

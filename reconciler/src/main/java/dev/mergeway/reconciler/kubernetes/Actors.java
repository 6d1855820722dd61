package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.kubernetes.ClusterAccess.Impersonation;
import dev.mergeway.reconciler.resource.Ownership;
import java.util.Map;

/**
 * As whom the API server is asked about what a specification wants, read, tried, applied and deleted: so that the rights of
 * a team bound what its specifications can do. Discovery, inventories, watches and health are our own business.
 */
final class Actors {
    private final Api own;
    private final Map<String, Impersonation> byRepository;

    /** @param byRepository whom to act as for the specifications of a repository; ourselves for any other */
    Actors(Api own, Map<String, Impersonation> byRepository) {
        this.own = own;
        this.byRepository = Map.copyOf(byRepository);
    }

    /** The API server as this owner may ask it. */
    Api of(Ownership owner) {
        Impersonation as = byRepository.get(owner.repository());
        return as == null ? own : own.as(as);
    }
}

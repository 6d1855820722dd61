package dev.mergeway.reconciler.kubernetes;

import java.time.Duration;

/**
 * How long we wait for what a working cluster does sooner.
 *
 * @param answer for one answer of the API server
 * @param gone for a deleted object to be gone
 */
record Limits(Duration answer, Duration gone) {
    /**
     * An answer may take as long as an admission webhook (30 s is the most that Kubernetes lets one have). A namespace with
     * its contents is gone in seconds; what takes longer waits for somebody's finalizer.
     */
    static final Limits USUAL = new Limits(Duration.ofSeconds(40), Duration.ofSeconds(60));
}

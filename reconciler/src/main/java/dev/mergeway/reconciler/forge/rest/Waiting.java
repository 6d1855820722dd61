package dev.mergeway.reconciler.forge.rest;

import java.time.Duration;

/** How to let time pass; tests let none pass. */
@FunctionalInterface
public interface Waiting {
    /** Lets real time pass; on a virtual thread that holds nothing up. */
    Waiting REAL = Thread::sleep;

    /** Lets so much time pass. */
    void await(Duration duration) throws InterruptedException;
}

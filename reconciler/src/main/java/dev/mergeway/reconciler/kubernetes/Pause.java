package dev.mergeway.reconciler.kubernetes;

import java.time.Duration;

/** Lets time pass; tests let none. */
@FunctionalInterface
interface Pause {
    void pause(Duration length) throws InterruptedException;
}

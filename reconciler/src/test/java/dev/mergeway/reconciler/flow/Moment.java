package dev.mergeway.reconciler.flow;

/**
 * Where in a step of an apply a process is killed. Between them a step has no other state: what is before its intent is
 * what is after the outcome of the step before.
 */
enum Moment {
    /** The intent is written down, and nothing is done yet. */
    INTENDED,
    /** It is done, and its outcome is not written down. */
    DONE,
    /** The outcome is written down. */
    TOLD
}

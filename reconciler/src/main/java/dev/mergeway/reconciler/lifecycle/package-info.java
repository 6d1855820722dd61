/** What may happen next: transitions of a run, backoff, expiry. Pure. May call health, policy, plan and the values. */
@NullMarked
package dev.mergeway.reconciler.lifecycle;

import org.jspecify.annotations.NullMarked;

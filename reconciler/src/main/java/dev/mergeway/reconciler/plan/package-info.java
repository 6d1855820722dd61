/** Desired and live to a plan: pure, hashed, explained. May call the values. */
@NullMarked
package dev.mergeway.reconciler.plan;

import org.jspecify.annotations.NullMarked;

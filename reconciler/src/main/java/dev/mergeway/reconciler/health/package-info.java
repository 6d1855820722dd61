/** Live state to health, in plain words. Pure. May call policy, plan and the values. */
@NullMarked
package dev.mergeway.reconciler.health;

import org.jspecify.annotations.NullMarked;

/** One run at a time per key, on db-scheduler. May call port, the core and the values. */
@NullMarked
package dev.mergeway.reconciler.queue;

import org.jspecify.annotations.NullMarked;

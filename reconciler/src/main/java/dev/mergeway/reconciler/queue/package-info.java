/** One run per pull request and per environment: durable, coalesced, retried for ever, one place at a time. On db-scheduler; may use the ports, the values and lifecycle. */
@NullMarked
package dev.mergeway.reconciler.queue;

import org.jspecify.annotations.NullMarked;

/** What is remembered, in H2 or PostgreSQL: implements port.Ledger and port.Journal, stores webhook deliveries, tells readers what changed. May use the ports, the values and JDBI. */
@NullMarked
package dev.mergeway.reconciler.store;

import org.jspecify.annotations.NullMarked;

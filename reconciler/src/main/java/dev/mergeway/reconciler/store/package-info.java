/** Journal, history and deliveries on JDBC. May call port, the values and JDBI. */
@NullMarked
package dev.mergeway.reconciler.store;

import org.jspecify.annotations.NullMarked;

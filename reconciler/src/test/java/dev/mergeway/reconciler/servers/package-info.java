/** Where the real servers of the integration tests come from. */
@NullMarked
package dev.mergeway.reconciler.servers;

import org.jspecify.annotations.NullMarked;

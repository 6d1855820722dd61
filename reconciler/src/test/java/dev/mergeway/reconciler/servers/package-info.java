/** Where the real servers of the integration tests come from. Used by the tests of other packages, uses none of them. */
@NullMarked
package dev.mergeway.reconciler.servers;

import org.jspecify.annotations.NullMarked;

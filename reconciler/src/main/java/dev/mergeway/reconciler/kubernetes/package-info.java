/** Target by server-side apply. May call port, the values and fabric8. */
@NullMarked
package dev.mergeway.reconciler.kubernetes;

import org.jspecify.annotations.NullMarked;

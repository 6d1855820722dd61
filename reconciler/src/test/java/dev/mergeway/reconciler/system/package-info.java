/** The whole service on real forges and real targets: what a user sees, from the pull request to the receipt. */
@NullMarked
package dev.mergeway.reconciler.system;

import org.jspecify.annotations.NullMarked;

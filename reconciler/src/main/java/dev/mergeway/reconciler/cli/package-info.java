/** The command line. May call flow, the reading side of store and the core. */
@NullMarked
package dev.mergeway.reconciler.cli;

import org.jspecify.annotations.NullMarked;

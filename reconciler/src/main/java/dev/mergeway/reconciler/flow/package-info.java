/** ReviewFlow, ReleaseFlow and their small siblings: the way of a change, step by step. May call core, ports and SpecReader. */
@NullMarked
package dev.mergeway.reconciler.flow;

import org.jspecify.annotations.NullMarked;

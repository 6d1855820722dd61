/** Benchmarks: how fast the service is on inputs of several sizes, see BENCHMARKS.md. Run by the Maven profile bench. */
@NullMarked
package dev.mergeway.reconciler.bench;

import org.jspecify.annotations.NullMarked;

/** Main, Config, Wiring: the only place that makes I/O objects; nobody imports it. */
@NullMarked
package dev.mergeway.reconciler.app;

import org.jspecify.annotations.NullMarked;

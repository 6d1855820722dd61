/** The API, the events and the pages. May call flow, the reading side of store, the core and Vert.x. */
@NullMarked
package dev.mergeway.reconciler.http;

import org.jspecify.annotations.NullMarked;

/** The API, the events and the pages; nothing here changes anything. May call the reading side of store, the ports, the core, the values and Vert.x. */
@NullMarked
package dev.mergeway.reconciler.http;

import org.jspecify.annotations.NullMarked;

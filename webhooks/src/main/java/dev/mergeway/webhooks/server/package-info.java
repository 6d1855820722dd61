/** The route: takes deliveries over HTTP and hands each event to the sink it was given. May call all of the module. */
@NullMarked
package dev.mergeway.webhooks.server;

import org.jspecify.annotations.NullMarked;

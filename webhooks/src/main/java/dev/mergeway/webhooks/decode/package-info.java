/** The bytes of an authentic delivery to an event; one file per forge. Pure. May call event. */
@NullMarked
package dev.mergeway.webhooks.decode;

import org.jspecify.annotations.NullMarked;

/** Whether a delivery is authentic, decided on its raw bytes. Pure. May call event. */
@NullMarked
package dev.mergeway.webhooks.verify;

import org.jspecify.annotations.NullMarked;

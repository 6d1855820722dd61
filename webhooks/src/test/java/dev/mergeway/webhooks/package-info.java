/** Tests of the module as a whole, and what its tests share. */
@NullMarked
package dev.mergeway.webhooks;

import org.jspecify.annotations.NullMarked;

/** Forge for local. May call port and the values. */
@NullMarked
package dev.mergeway.reconciler.forge.local;

import org.jspecify.annotations.NullMarked;

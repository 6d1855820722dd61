/** Forge for gitlab. May call port and the values. */
@NullMarked
package dev.mergeway.reconciler.forge.gitlab;

import org.jspecify.annotations.NullMarked;

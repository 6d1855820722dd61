/** Forge for github. May call port and the values. */
@NullMarked
package dev.mergeway.reconciler.forge.github;

import org.jspecify.annotations.NullMarked;

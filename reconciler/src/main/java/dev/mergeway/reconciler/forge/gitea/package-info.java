/** Forge for gitea. May call port and the values. */
@NullMarked
package dev.mergeway.reconciler.forge.gitea;

import org.jspecify.annotations.NullMarked;

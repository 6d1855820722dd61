/**
 * Forge for bare repositories on disk and plain Git: branches are pull requests, a push to the tracked branch is a merge,
 * tags are commands, and all state is kept beside the repository. May call port and the values.
 */
@NullMarked
package dev.mergeway.reconciler.forge.local;

import org.jspecify.annotations.NullMarked;

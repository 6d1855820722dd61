/** The Forge of GitHub and GitHub Enterprise. May call forge.rest, port and the values. */
@NullMarked
package dev.mergeway.reconciler.forge.github;

import org.jspecify.annotations.NullMarked;

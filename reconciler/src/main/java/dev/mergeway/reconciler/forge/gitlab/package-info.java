/** The Forge of GitLab. May call forge.rest, port and the values. */
@NullMarked
package dev.mergeway.reconciler.forge.gitlab;

import org.jspecify.annotations.NullMarked;

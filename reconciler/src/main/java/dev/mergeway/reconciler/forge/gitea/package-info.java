/** The Forge of Gitea and Forgejo. May call forge.rest, port and the values. */
@NullMarked
package dev.mergeway.reconciler.forge.gitea;

import org.jspecify.annotations.NullMarked;

/** Tests of the adapter, and a real Gitea for them and for others. */
@NullMarked
package dev.mergeway.reconciler.forge.gitea;

import org.jspecify.annotations.NullMarked;

/** Tests of the adapter against a stand-in that answers as the forge's documentation says. */
@NullMarked
package dev.mergeway.reconciler.forge.github;

import org.jspecify.annotations.NullMarked;

/** What the flows need of the outside: Repository, Forge, Target, Journal, Clock. Interfaces over the values. */
@NullMarked
package dev.mergeway.reconciler.port;

import org.jspecify.annotations.NullMarked;

/**
 * What stands where in a repository: which file holds which specs, which environment each belongs to, and what a change
 * of some paths touches. Pure; may use schema and the values.
 */
@NullMarked
package dev.mergeway.reconciler.index;

import org.jspecify.annotations.NullMarked;

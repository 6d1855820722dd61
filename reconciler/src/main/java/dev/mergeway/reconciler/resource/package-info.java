/** What is wanted, what is live, how they differ and what became of a change. Values and pure functions over them; may use schema.model. */
@NullMarked
package dev.mergeway.reconciler.resource;

import org.jspecify.annotations.NullMarked;

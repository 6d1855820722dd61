/** What a run is about: its key, its trigger, its revision, its state. Values; may use schema.model and webhooks.event. */
@NullMarked
package dev.mergeway.reconciler.run;

import org.jspecify.annotations.NullMarked;

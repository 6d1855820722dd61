/** Blueprints: load, prove, expand. May call model, validate and expression. */
@NullMarked
package dev.mergeway.schema.blueprint;

import org.jspecify.annotations.NullMarked;

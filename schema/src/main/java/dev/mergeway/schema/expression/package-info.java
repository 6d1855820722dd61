/** CEL in <code>${…}</code>: compile, type-check, evaluate, and say what a value came from. May call model. */
@NullMarked
package dev.mergeway.schema.expression;

import org.jspecify.annotations.NullMarked;

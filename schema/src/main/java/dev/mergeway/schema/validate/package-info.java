/** JSON Schemas and the findings they give, in plain words with the nearest known name. May call model. */
@NullMarked
package dev.mergeway.schema.validate;

import org.jspecify.annotations.NullMarked;

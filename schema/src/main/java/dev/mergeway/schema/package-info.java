/**
 * The module's doors: {@link dev.mergeway.schema.SpecReader} from text to specs, {@link dev.mergeway.schema.Placement}
 * from specs to the environments they belong to, {@link dev.mergeway.schema.Expander} from specs to concrete resources.
 * May call all of the module.
 */
@NullMarked
package dev.mergeway.schema;

import org.jspecify.annotations.NullMarked;

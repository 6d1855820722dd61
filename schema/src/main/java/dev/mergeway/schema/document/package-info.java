/** YAML text to documents with positions, within limits; nothing of a document is understood here. May call model. */
@NullMarked
package dev.mergeway.schema.document;

import org.jspecify.annotations.NullMarked;

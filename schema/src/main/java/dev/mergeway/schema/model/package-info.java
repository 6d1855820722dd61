/**
 * The values that everything else speaks in: documents, specs, environments, blueprints, policies, findings and
 * concrete resources. Owns no behaviour but checks of its own validity; may call nothing.
 *
 * <p><b>Trees.</b> The content of a document is plain Java: {@code null}, {@link java.lang.Boolean}, {@link
 * java.lang.Long}, {@link java.math.BigInteger} (beyond a long), {@link java.lang.Double}, {@link java.lang.String},
 * unmodifiable {@link java.util.List} and unmodifiable {@link java.util.Map} in document order. The tree of a concrete
 * resource may also hold {@link dev.mergeway.schema.model.Late} leaves.
 */
@NullMarked
package dev.mergeway.schema.model;

import org.jspecify.annotations.NullMarked;

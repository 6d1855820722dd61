package dev.mergeway.reconciler.report;

import dev.mergeway.schema.model.Finding;
import java.io.IOException;
import java.util.Iterator;

/** A way to write findings down. Streams: no more than one finding and what belongs to it is held at a time. */
public sealed interface FindingFormat permits FindingText, FindingJson, FindingSarif, FindingAnnotations {
    /**
     * Writes all findings, in the order they come.
     *
     * @param findings what to write
     * @param out where to; not closed
     * @throws IOException if it cannot be written to
     */
    void write(Iterator<Finding> findings, Appendable out) throws IOException;
}

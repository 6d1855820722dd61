/** Plans, verdicts and outcomes to Markdown, Mermaid and status lines. Pure. May call all of the core and the values. */
@NullMarked
package dev.mergeway.reconciler.report;

import org.jspecify.annotations.NullMarked;

package dev.mergeway.schema.document;

import dev.mergeway.schema.model.Finding;

/** Ends the reading of one document that breaks a limit; never leaves the package. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Finding finding;

    RefusedException(Finding finding) {
        super(finding.message(), null, false, false);
        this.finding = finding;
    }

    Finding finding() {
        return finding;
    }
}

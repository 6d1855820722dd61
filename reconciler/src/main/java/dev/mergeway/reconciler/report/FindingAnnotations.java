package dev.mergeway.reconciler.report;

import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Severity;
import java.io.IOException;
import java.util.Iterator;

/**
 * Findings as GitHub workflow commands, which show them beside the changed lines. Escaped as GitHub's own toolkit does
 * (actions/toolkit, packages/core/src/command.ts), so that no text of a file can become a command of its own.
 */
public final class FindingAnnotations implements FindingFormat {
    @Override
    public void write(Iterator<Finding> findings, Appendable out) throws IOException {
        while (findings.hasNext()) {
            Finding finding = findings.next();
            String text = finding.hint().isEmpty() ? finding.message() : finding.message() + "\n" + finding.hint();
            out.append("::").append(command(finding.severity()));
            out.append(" file=").append(property(finding.file()));
            out.append(",line=").append(String.valueOf(finding.position().line()));
            out.append(",col=").append(String.valueOf(finding.position().column()));
            out.append(",title=").append(property(finding.rule()));
            out.append("::").append(data(text)).append('\n');
        }
    }

    private static String command(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "notice";
        };
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}

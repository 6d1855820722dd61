package dev.mergeway.reconciler.report;

import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Severity;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Findings for a person at a terminal: the place, what is wrong, the line with a caret below it, what to do, a count at the end. */
public final class FindingText implements FindingFormat {
    private static final String RESET = "\u001b[0m";
    private static final String BOLD = "\u001b[1m";
    private static final String DIM = "\u001b[2m";
    private static final Map<Severity, String> COLOURS =
            Map.of(Severity.ERROR, "\u001b[31m", Severity.WARNING, "\u001b[33m", Severity.INFO, "\u001b[36m");

    private final boolean colour;
    private final Function<String, Optional<String>> sources;

    /**
     * Text in this look.
     *
     * @param colour whether to use colours and bold (ANSI); for terminals only
     * @param sources path of a file to its text, empty where the line is not to be shown; asked once for findings of one
     *     file that come one after another
     */
    public FindingText(boolean colour, Function<String, Optional<String>> sources) {
        this.colour = colour;
        this.sources = sources;
    }

    @Override
    public void write(Iterator<Finding> findings, Appendable out) throws IOException {
        Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
        Set<String> files = new HashSet<>();
        String file = "";
        List<String> lines = List.of();
        while (findings.hasNext()) {
            Finding finding = findings.next();
            if (files.add(finding.file()) || !finding.file().equals(file)) {
                file = finding.file();
                lines = sources.apply(file).map(FindingText::lines).orElse(List.of());
            }
            counts.merge(finding.severity(), 1, Integer::sum);
            one(finding, lines, out);
        }
        if (!counts.isEmpty()) {
            out.append(summary(counts, files.size())).append('\n');
        }
    }

    /** Lines as the YAML reader counts them. */
    private static List<String> lines(String text) {
        String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return withoutMark.lines().toList();
    }

    private void one(Finding finding, List<String> lines, Appendable out) throws IOException {
        String word = finding.severity().name().toLowerCase(Locale.ROOT);
        out.append(styled(
                        BOLD,
                        clean(finding.file()) + ":" + finding.position().line() + ":"
                                + finding.position().column()))
                .append(": ")
                .append(styled(COLOURS.getOrDefault(finding.severity(), ""), word))
                .append(": ")
                .append(clean(finding.message()))
                .append(styled(DIM, " [" + clean(finding.rule()) + "]"))
                .append('\n');
        if (finding.position().line() <= lines.size()) {
            out.append(SourceLine.of(
                    lines.get(finding.position().line() - 1),
                    finding.position().line(),
                    finding.position().column()));
        }
        if (!finding.hint().isEmpty()) {
            out.append("  hint: ").append(clean(finding.hint())).append('\n');
        }
        out.append('\n');
    }

    private static String summary(Map<Severity, Integer> counts, int files) {
        StringBuilder text = new StringBuilder();
        counts.forEach((severity, count) -> {
            String word = severity == Severity.INFO ? "note" : severity.name().toLowerCase(Locale.ROOT);
            text.append(text.isEmpty() ? "" : ", ")
                    .append(count)
                    .append(' ')
                    .append(word)
                    .append(count == 1 ? "" : "s");
        });
        return text + " in " + files + (files == 1 ? " file." : " files.");
    }

    private String styled(String style, String text) {
        return colour ? style + text + RESET : text;
    }

    /** A text without characters that could steer a terminal or hide other text. */
    static String clean(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", " ");
    }
}

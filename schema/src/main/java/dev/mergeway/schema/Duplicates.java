package dev.mergeway.schema;

import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.FindingRule;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.Severity;
import dev.mergeway.schema.model.SpecKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Specs that cannot be told apart: of the same kind and name in one environment. Pure. */
public final class Duplicates {
    private static final Comparator<Entry> ORDER =
            Comparator.comparing(Entry::file).thenComparingInt(Entry::line);

    private Duplicates() {}

    /**
     * Where a spec is declared.
     *
     * @param file path of its file
     * @param line line of its document
     * @param key what it is known by
     */
    public record Entry(String file, int line, SpecKey key) {}

    /**
     * A finding for every entry whose key an earlier one (by file, then line) has already, naming both places; sorted.
     */
    public static List<Finding> of(Collection<Entry> entries) {
        Map<SpecKey, Entry> first = new HashMap<>();
        List<Finding> findings = new ArrayList<>();
        for (Entry entry : entries.stream().sorted(ORDER).toList()) {
            Entry earlier = first.putIfAbsent(entry.key(), entry);
            if (earlier != null) {
                findings.add(new Finding(
                        Severity.ERROR,
                        entry.file(),
                        new Position(entry.line(), 1),
                        "",
                        FindingRule.SPEC_DUPLICATE.id(),
                        message(entry.key(), entry.file(), earlier),
                        HINT));
            }
        }
        findings.sort(Finding.ORDER);
        return findings;
    }

    static final String HINT = "Give one of them another name, or remove it.";

    /** What is wrong with a second declaration. */
    static String message(SpecKey key, String file, Entry earlier) {
        String environment = key.environment().isEmpty() ? "" : " of environment '" + key.environment() + "'";
        String place =
                earlier.file().equals(file) ? "line " + earlier.line() : earlier.file() + ", line " + earlier.line();
        return "The " + key.kind() + " '" + key.name() + "'" + environment + " is declared twice: already in " + place
                + (earlier.file().equals(file) ? "" : ", and here in " + file) + ".";
    }
}

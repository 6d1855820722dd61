package dev.mergeway.reconciler.report;

import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.schema.model.ResourceKey;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A receipt that was written by a process that is gone, while it waited for health: only what it says of health moves.
 *
 * @param markdown the receipt as it reads now
 * @param worst the worst health of what is in it
 * @param line what the commit's status says
 */
public record EarlierReceipt(String markdown, HealthState.Status worst, String line) {
    /** Headings of receipts that may change: of those that wait, and of those of which something is not well. */
    private static final Pattern OPEN = Pattern.compile("\n### (?:" + Pattern.quote(Receipt.WAITING) + "|"
            + Pattern.quote(Receipt.heading(HealthState.Status.DEGRADED)) + ")\n");

    private static final Pattern ROW =
            Pattern.compile("(?m)^(\\| (`[^`|\\n]+`) \\| (`[^`|\\n]+`) \\| [a-z]+ \\|) ([A-Za-z]+) \\| .* \\|$");

    /** Whether a comment is a receipt that waits for health, or for something to get well. */
    public static boolean waits(String markdown) {
        return Facts.read(markdown)
                        .filter(facts -> facts.state() == Facts.State.APPLIED)
                        .isPresent()
                && OPEN.matcher(markdown).find();
    }

    /** How resources are now. */
    @FunctionalInterface
    public interface Now {
        /** By the resource's {@link #title} and its environment; empty where nobody knows such a one. */
        Optional<HealthState> of(String title, String environment);
    }

    /** What stands for a resource in a receipt. */
    public static String title(ResourceKey key) {
        return Safe.code(Blocks.title(key));
    }

    /** The same receipt with the health of now. It still {@link #waits} where something is on its way. */
    public static EarlierReceipt again(String markdown, Now now) {
        Matcher rows = ROW.matcher(markdown);
        StringBuilder text = new StringBuilder();
        HealthState.Status worst = HealthState.Status.HEALTHY;
        String unwell = "";
        while (rows.find()) {
            Optional<HealthState> health = now.of(rows.group(2), rows.group(3));
            if (health.isPresent()) {
                HealthState.Status status = health.get().status();
                worst = worst.compareTo(status) < 0 ? status : worst;
                if (unwell.isEmpty() && status.compareTo(HealthState.Status.PROGRESSING) > 0) {
                    unwell = ": " + rows.group(2).replace("`", "") + ": "
                            + health.get().message();
                }
                String row = rows.group(1) + " " + status.label() + " | "
                        + Safe.prose(health.get().message()) + " |";
                rows.appendReplacement(text, Matcher.quoteReplacement(row));
            }
        }
        rows.appendTail(text);
        String heading = worst == HealthState.Status.PROGRESSING ? Receipt.WAITING : Receipt.heading(worst);
        return new EarlierReceipt(
                OPEN.matcher(text).replaceFirst("\n### " + heading + "\n"), worst, StatusLine.cut(heading + unwell));
    }
}

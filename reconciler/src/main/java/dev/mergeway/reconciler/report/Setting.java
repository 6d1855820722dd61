package dev.mergeway.reconciler.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a report needs to know beside the plan.
 *
 * @param page address of the page that has all of it, "" where there is none
 * @param price what it costs more a month in US dollars (less where negative), null where nobody knows
 * @param reverts what it reverts, null where it reverts nothing
 * @param approving the shell command that approves, where comments cannot be written; "" where they can
 */
public record Setting(
        String page, @Nullable Double price, @Nullable Reverted reverts, String approving) {
    /** Nothing more is known. */
    public static final Setting NONE = new Setting("", null, null);

    /** One where comments can be written. */
    public Setting(String page, @Nullable Double price, @Nullable Reverted reverts) {
        this(page, price, reverts, "");
    }

    /** How to say here what comments ask to be said, as a paragraph; "" where they can be written. */
    String commanding() {
        return approving.isEmpty()
                ? ""
                : "\nNobody can write comments here: push a tag instead. This one stands for `/mergeway approve`; put `plan`,"
                        + " `retry`, `rollback` or `help` in the place of `approve` for another.\n\n"
                        + Safe.fence("sh", List.of(approving));
    }

    /** What it costs more a month; empty where nobody knows. */
    public OptionalDouble monthlyUsd() {
        return price == null ? OptionalDouble.empty() : OptionalDouble.of(price);
    }

    /** What it reverts; empty where it reverts nothing. */
    public Optional<Reverted> reverted() {
        return Optional.ofNullable(reverts);
    }

    static String price(double price) {
        double amount = Math.abs(price);
        String format = amount == Math.rint(amount) ? "%.0f" : "%.2f";
        return (price < 0 ? "-" : "+") + "$" + String.format(Locale.ROOT, format, amount) + " a month";
    }

    /**
     * A change that is taken back.
     *
     * @param pull number of its pull request, 0 where it had none
     * @param commit the commit that is reverted
     * @param title its title; untrusted text
     */
    public record Reverted(int pull, String commit, String title) {}
}

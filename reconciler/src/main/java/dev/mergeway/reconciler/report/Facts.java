package dev.mergeway.reconciler.report;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.plan.PlanHash;
import dev.mergeway.reconciler.policy.Verdict;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a program reads back from our comment, so that it needs no database to know what was shown.
 *
 * @param state what the comment is about
 * @param hash of the plan that was shown
 * @param head commit that it was made for
 * @param destroyed hash of what it said it would delete and replace ({@link PlanHash#ofDestroyed})
 * @param verdict {@code ready blocked invalid}
 */
public record Facts(State state, String hash, String head, String destroyed, String verdict) {
    private static final Pattern LINE = Pattern.compile(Pattern.quote(PlanComment.MARKER)
            + "\\r?\\n<!-- mergeway:facts state=([a-z]+) hash=([0-9a-f]*) head=([0-9a-zA-Z]*) destroyed=([0-9a-f]*)"
            + " verdict=([a-z]+) -->(?s:.*)");

    /** What a comment is about. */
    public enum State {
        PLAN,
        HELD,
        APPLIED,
        FAILED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Facts of(State state, Plan plan, Verdict verdict) {
        return new Facts(
                state,
                plan.hash().replaceAll("[^0-9a-f]", ""),
                plan.head().replaceAll("[^0-9a-zA-Z]", ""),
                PlanHash.ofDestroyed(plan.steps()),
                verdict.label());
    }

    /** What a comment of ours says; empty where it is none. Only its first two lines count: no text from a spec gets there. */
    static Optional<Facts> read(String markdown) {
        Matcher matcher = LINE.matcher(markdown);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        for (State state : State.values()) {
            if (state.label().equals(matcher.group(1))) {
                return Optional.of(
                        new Facts(state, matcher.group(2), matcher.group(3), matcher.group(4), matcher.group(5)));
            }
        }
        return Optional.empty();
    }

    /** The marker and the facts, hidden. */
    String lines() {
        return PlanComment.MARKER + "\n<!-- mergeway:facts state=" + state.label() + " hash=" + hash + " head=" + head
                + " destroyed=" + destroyed + " verdict=" + verdict + " -->\n\n";
    }
}

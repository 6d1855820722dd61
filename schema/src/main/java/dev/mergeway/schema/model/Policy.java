package dev.mergeway.schema.model;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A rule of the platform, as written.
 *
 * @param spec the document it was read from, of kind {@code Policy}
 * @param kinds kinds it applies to; empty for all
 * @param tiers tiers it applies to; empty for all
 * @param teams teams it applies to; empty for all
 * @param action what happens where a rule does not hold
 * @param rules what must hold
 * @param tests examples that must come out as they say
 */
public record Policy(
        Spec spec,
        Set<String> kinds,
        Set<Tier> tiers,
        Set<String> teams,
        Action action,
        List<Rule> rules,
        List<Example> tests) {
    public Policy {
        kinds = Set.copyOf(kinds);
        tiers = Set.copyOf(tiers);
        teams = Set.copyOf(teams);
        rules = List.copyOf(rules);
        tests = List.copyOf(tests);
    }

    /** What happens where a rule does not hold: refused, only said, or held for a second person's approval. */
    public enum Action {
        DENY,
        WARN,
        APPROVE
    }

    /**
     * What must hold.
     *
     * @param expr CEL over {@code spec}, {@code old} (the spec before, or null), {@code metadata}, {@code environment},
     *     {@code plan}, {@code author}, {@code cost}; true where all is well
     * @param message CEL of the text to show where it is not, or "" for a text made from the expression
     * @param fix dotted path of a field to the value that would make it hold
     */
    public record Rule(String expr, String message, Map<String, Object> fix) {}

    /**
     * An example of the policy's own.
     *
     * @param input variables of the rule, such as {@code spec}
     * @param expect {@code allow}, {@code deny}, {@code warn} or {@code approve}
     */
    public record Example(Map<String, Object> input, String expect) {}
}

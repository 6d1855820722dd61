package dev.mergeway.schema.validate;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressions;
import dev.mergeway.schema.model.FrugalText;
import java.util.regex.Pattern;

/**
 * A pattern of a schema that gives up instead of going on for ever: blueprints and values both come from pull requests. What
 * costs too much does not match.
 */
final class FrugalPattern implements RegularExpression {
    /** How often characters may be looked at; some 10 ms. */
    private static final long LOOKS = 1_000_000;

    /** As much more for each character: a pattern that goes over a long text a few times is fine. */
    private static final long LOOKS_PER_CHARACTER = 100;

    private final Pattern pattern;

    /** @throws java.util.regex.PatternSyntaxException if it is no pattern */
    FrugalPattern(String pattern) {
        this.pattern = Pattern.compile(RegularExpressions.replaceLongformCharacterProperties(
                RegularExpressions.replaceDollarAnchors(pattern)));
    }

    @Override
    public boolean matches(String value) {
        return FrugalText.finds(pattern, value, LOOKS + LOOKS_PER_CHARACTER * value.length())
                .orElse(false);
    }
}

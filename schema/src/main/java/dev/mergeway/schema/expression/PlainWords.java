package dev.mergeway.schema.expression;

import dev.cel.common.CelIssue;
import dev.cel.runtime.CelEvaluationException;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** CEL's complaints in the words of a person who writes a spec. */
final class PlainWords {
    private static final Pattern WHERE = Pattern.compile("^evaluation error( at [^:]*:\\d+)?: ");
    private static final Pattern MISSING = Pattern.compile("key '(.*)' is not present in map\\.?");
    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '(.*)' \\(in container ''\\)");
    private static final Pattern NO_OVERLOAD = Pattern.compile("No matching overload for function '(.*?)'.*");
    private static final Pattern FAILED = Pattern.compile("Function '(.*?)' failed with arg\\(s\\).*", Pattern.DOTALL);
    private static final int SHOWN = 200;
    private static final Map<String, String> OPERATORS = Map.of(
            "_+_", "+", "_-_", "-", "_*_", "*", "_/_", "/", "_%_", "%", "_<_", "<", "_>_", ">", "_<=_", "<=", "_>=_",
            ">=");

    private PlainWords() {}

    static String ofEvaluation(CelEvaluationException failed) {
        String message = String.valueOf(failed.getMessage());
        String said = WHERE.matcher(message).replaceFirst("");
        Matcher missing = MISSING.matcher(said);
        if (missing.matches()) {
            return "there is no '" + missing.group(1) + "' here; where it may be absent, ask with has(…) first";
        }
        Matcher overload = NO_OVERLOAD.matcher(said);
        if (overload.matches()) {
            return "'" + operator(overload.group(1)) + "' does not fit the types of its values;"
                    + " convert them with string(…), int(…) or double(…)";
        }
        if (said.startsWith("Iteration budget exceeded")) {
            return "it takes too many steps (at most " + Language.MAX_ITERATIONS + ")";
        }
        Matcher function = FAILED.matcher(said);
        return cut(function.matches() ? ofFunction(function.group(1), failed.getCause()) : said);
    }

    /** Not CEL's own words, which hold all that the function was given: whole files, if need be. */
    private static String ofFunction(String function, @Nullable Throwable cause) {
        if (function.contains("mapInsert")) {
            return "two entries of a map would have the same name";
        }
        String why = cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage();
        return "'" + operator(function) + "' cannot work with what it is given" + why;
    }

    /** The beginning of a text, on one line. */
    static String cut(String text) {
        String line = text.substring(0, Math.min(text.length(), 2 * SHOWN)).replaceAll("\\s+", " ");
        return line.length() > SHOWN || text.length() > 2 * SHOWN
                ? line.substring(0, Math.min(line.length(), SHOWN)) + "…"
                : line;
    }

    /** The first complaint, since the ones behind it often follow from it. */
    static String ofCompilation(Collection<CelIssue> issues, Collection<String> known) {
        CelIssue first = issues.iterator().next();
        String said = first.getMessage();
        Matcher undeclared = UNDECLARED.matcher(said);
        if (undeclared.matches()) {
            return "nothing is called '" + undeclared.group(1) + "' here; known: " + String.join(", ", known);
        }
        for (Map.Entry<String, String> operator : OPERATORS.entrySet()) {
            said = said.replace("'" + operator.getKey() + "'", "'" + operator.getValue() + "'");
        }
        return said;
    }

    private static String operator(String function) {
        return OPERATORS.getOrDefault(function, function);
    }
}

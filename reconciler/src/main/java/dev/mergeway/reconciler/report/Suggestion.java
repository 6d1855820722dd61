package dev.mergeway.reconciler.report;

import dev.mergeway.reconciler.policy.Fix;
import dev.mergeway.reconciler.resource.CanonicalJson;
import dev.mergeway.reconciler.resource.Pointers;
import dev.mergeway.schema.model.Finding;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a line should read instead, where a finding says which word was meant, or a policy which value it wants. Pure. */
public final class Suggestion {
    private static final Pattern MEANT = Pattern.compile("^Did you mean '([^'\\p{Cntrl}`]{1,100})'\\?");
    private static final Pattern QUOTED = Pattern.compile("'([^'\\p{Cntrl}`]{1,100})'");
    /** What ends a line or a fence, or is not seen: control and format characters, other line ends, fences. */
    private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]|```|~~~");

    private static final String WORD = "[A-Za-z0-9_.-]";
    private static final int LONGEST = 500;
    private static final String END = "(?=\\s*(?:[,}\\]]|\\s#|$))";
    private static final Pattern VALUE =
            Pattern.compile("([A-Za-z0-9_.+-]{1,100}|\"[^\"\\\\]{0,100}\"|'[^']{0,100}')" + END);
    /** What reads as text in YAML 1.1 and 1.2 alike; everything else is quoted. */
    private static final Pattern PLAIN =
            Pattern.compile("(?!(?i:true|false|yes|no|on|off|null|y|n)$)[A-Za-z][A-Za-z0-9_-]{0,99}");

    private static final Pattern TEXT = Pattern.compile("[^\"\\\\`\\p{Cntrl}]{0,100}");

    private Suggestion() {}

    /**
     * The line with the one word replaced that the finding quotes and the line holds; empty where that is not clear.
     *
     * @param finding what there is to say
     * @param line the line that it stands on
     */
    public static Optional<String> of(Finding finding, String line) {
        Matcher meant = MEANT.matcher(finding.hint());
        if (!meant.find() || line.length() > LONGEST || UNFIT.matcher(line).find()) {
            return Optional.empty();
        }
        List<MatchResult> wrong = QUOTED.matcher(finding.message())
                .results()
                .map(quoted -> quoted.group(1))
                .filter(word -> !word.equals(meant.group(1)))
                .distinct()
                .flatMap(word -> places(word, line).stream())
                .toList();
        return wrong.size() == 1
                ? Optional.of(line.substring(0, wrong.getFirst().start())
                        + meant.group(1)
                        + line.substring(wrong.getFirst().end()))
                : Optional.empty();
    }

    private static List<MatchResult> places(String word, String line) {
        return Pattern.compile("(?<!" + WORD + ")" + Pattern.quote(word) + "(?!" + WORD + ")")
                .matcher(line)
                .results()
                .toList();
    }

    /**
     * The line with the value replaced that stands behind the field's name; empty where the line does not read as the
     * document does, or either value is no simple one.
     *
     * @param fix what to set
     * @param line the line that it stands on
     */
    public static Optional<String> of(Fix fix, String line) {
        Optional<String> value = scalar(fix.after());
        if (fix.before() == null
                || value.isEmpty()
                || line.length() > LONGEST
                || UNFIT.matcher(line).find()) {
            return Optional.empty();
        }
        List<String> names = Pointers.tokens(fix.pointer());
        int column = fix.position().column() - 1;
        if (names.isEmpty() || column > line.codePointCount(0, line.length())) {
            return Optional.empty();
        }
        int start = line.offsetByCodePoints(0, column);
        Matcher key = Pattern.compile("([\"']?)" + Pattern.quote(names.getLast()) + "\\1\\s*:\\s+")
                .matcher(line)
                .region(start, line.length());
        if (!key.lookingAt()) {
            return Optional.empty();
        }
        Matcher old = VALUE.matcher(line).region(key.end(), line.length());
        return old.lookingAt() && unquoted(old.group(1)).equals(String.valueOf(fix.before()))
                ? Optional.of(line.substring(0, old.start(1)) + value.get() + line.substring(old.end(1)))
                : Optional.empty();
    }

    private static String unquoted(String token) {
        boolean quoted = token.startsWith("\"") || token.startsWith("'");
        return quoted ? token.substring(1, token.length() - 1) : token;
    }

    /** A simple value as YAML. */
    private static Optional<String> scalar(Object value) {
        return switch (value) {
            case Boolean yes -> Optional.of(yes.toString());
            case Long number -> Optional.of(number.toString());
            case Integer number -> Optional.of(number.toString());
            case Double number -> Optional.of(CanonicalJson.text(number));
            case String text when PLAIN.matcher(text).matches() -> Optional.of(text);
            case String text when TEXT.matcher(text).matches() -> Optional.of('"' + text + '"');
            default -> Optional.empty();
        };
    }
}

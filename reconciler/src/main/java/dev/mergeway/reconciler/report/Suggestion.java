package dev.mergeway.reconciler.report;

import dev.mergeway.schema.model.Finding;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a line should read instead, where a finding says which word was meant. Pure. */
public final class Suggestion {
    private static final Pattern MEANT = Pattern.compile("^Did you mean '([^'\\p{Cntrl}`]{1,100})'\\?");
    private static final Pattern QUOTED = Pattern.compile("'([^'\\p{Cntrl}`]{1,100})'");
    private static final Pattern UNFIT = Pattern.compile("\\p{Cntrl}|```|~~~");
    private static final String WORD = "[A-Za-z0-9_.-]";
    private static final int LONGEST = 500;

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
}

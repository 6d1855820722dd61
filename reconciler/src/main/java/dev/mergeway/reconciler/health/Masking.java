package dev.mergeway.reconciler.health;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What looks like a secret in words that a container, a controller or an event left behind: anybody may write one there,
 * and such words end up on pull requests. By its looks, since nobody says what is secret in them; plain words after
 * {@code password:} or {@code token:} say what is wrong and stay.
 */
final class Masking {
    private static final String MASK = "•••";

    /** A container's log may be cut before its beginning or its end. */
    private static final Pattern PEM = Pattern.compile(
            "(?s)-----BEGIN [A-Z0-9 ]{1,40}-----.*?(?:-----END [A-Z0-9 ]{1,40}-----|\\z)"
                    + "|(?<![A-Za-z0-9+/=])(?:[A-Za-z0-9+/=]{16,}+(?:\\s|\\\\n)++){1,100}+(?:[A-Za-z0-9+/=]++(?:\\s|\\\\n)++)?-----END [A-Z0-9 ]{1,40}-----");

    /** Tokens that are known by their first letters: JWTs, and those of clouds, forges and chats. */
    private static final Pattern TOKEN = Pattern.compile(
            "\\beyJ[\\w-]{8,}+(?:\\.[\\w-]*+){1,4}"
                    + "|\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"
                    + "|\\b(?:gh[a-z]_|github_pat_|gl[a-z]{2,6}-|xox[a-z]-|sk_(?:live|test)_|sk-|AIza|hvs\\.|npm_)[\\w-]{16,}+");

    /** The password of a URL; what follows a host's colon is its port. */
    private static final Pattern URL =
            Pattern.compile("(://[^\\s:/@\"']{0,200}:)(?!\\d{1,5}(?:[/?#]|\\s|\\z))[^\\s\"'<>]{1,500}@");

    private static final Pattern HEADER = Pattern.compile("(?i)\\b((?:bearer|basic)\\s+)[\\w.~+/=-]{8,}+");

    private static final String NAME = "(?:pass(?:word|wd|phrase)|pwd|secret|token|api[_-]?key|access[_-]?key"
            + "|private[_-]?key|credentials?|authorization)s?(?:[_.-][\\w.-]{0,40}+)?(?<![_.-](?:name|ref|file|path))";

    private static final String WORDS = "yes|no|true|false|null|nil|none|empty|unset|required|missing|invalid|expired"
            + "|not|is|was|has|must|should|cannot|could|too|incorrect|wrong|denied|failed|unauthorized|forbidden"
            + "|authentication|permission|unknown|the|a|an";

    private static final String VALUE = "(?!(?:" + WORDS + ")(?:[\\s,.;:)\"'}\\]]|\\z))"
            + "(?:\\\\\"(?:(?!\\\\\").)*+(?:\\\\\")?|\"(?:[^\"\\\\]++|\\\\.)*+\"?|'[^']*+'?|[^\\s,;&\"')}\\]\\\\]++)";

    private static final Pattern NAMED = Pattern.compile(
            "(?i)(" + NAME + "\\\\?[\"']?\\s{0,3}(?:=>|[:=]{1,2})\\s{0,3}(?:(?:bearer|basic|token)\\s+)?)" + VALUE
                    + "|(--?" + "[\\w-]{0,40}?" + NAME + "\\s{1,3})(?!-)" + VALUE);

    private Masking() {}

    /** The words with what looks like a secret made unreadable; the same again when given again. */
    static String of(String words) {
        String masked = PEM.matcher(words).replaceAll(MASK);
        for (Pattern beginning : List.of(URL, NAMED, HEADER)) {
            masked = beginning.matcher(masked).replaceAll(match -> {
                String kept = match.group(1) == null ? match.group(2) : match.group(1);
                return Matcher.quoteReplacement(kept + MASK + (beginning == URL ? "@" : ""));
            });
        }
        return TOKEN.matcher(masked).replaceAll(MASK);
    }
}

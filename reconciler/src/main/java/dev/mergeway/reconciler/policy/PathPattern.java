package dev.mergeway.reconciler.policy;

import dev.mergeway.reconciler.run.OwnersStyle;
import dev.mergeway.schema.model.FrugalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A pattern of a file of code owners. Whoever writes one cannot make matching slow. */
sealed interface PathPattern {
    /** Whether it matches a path with forward slashes, relative to the repository. */
    boolean matches(String path);

    /** Reads one; empty where it is none. */
    static Optional<PathPattern> of(String text, OwnersStyle style) {
        return switch (style) {
            case GITHUB ->
                Optional.of(Glob.of(text, text.substring(0, text.length() - 1).contains("/"), true));
            case GITLAB -> Optional.of(Glob.of(text, text.startsWith("/"), false));
            case GITEA -> Expression.of(text);
        };
    }

    /**
     * A pattern with {@code *} (in a name), {@code ?} and {@code **} (any folders).
     *
     * @param names its parts between slashes
     * @param descends whether it also stands for all below a folder that it matches
     */
    record Glob(List<String> names, boolean descends) implements PathPattern {
        private static final String ANY = "**";

        static Glob of(String text, boolean anchored, boolean descends) {
            List<String> names = new ArrayList<>();
            if (!anchored) {
                names.add(ANY);
            }
            for (String name : text.split("/")) {
                if (!name.isEmpty() && !(name.equals(ANY) && names.equals(List.of(ANY)))) {
                    names.add(name);
                }
            }
            boolean folder = text.endsWith("/");
            if (folder) {
                names.add(ANY);
            }
            // On GitHub docs/* are the files right in it and nothing below.
            return new Glob(
                    List.copyOf(names), descends && !folder && !names.getLast().equals("*"));
        }

        @Override
        public boolean matches(String path) {
            String[] parts = path.split("/", -1);
            boolean[] reached = new boolean[parts.length + 1];
            reached[0] = true;
            for (int index = 0; index < names.size(); index++) {
                reached = next(reached, names.get(index), index == names.size() - 1, parts);
            }
            for (int end = 1; end < parts.length; end++) {
                if (descends && reached[end]) {
                    return true;
                }
            }
            return reached[parts.length];
        }

        /** After how many parts of the path one more name may have ended, given after how many those before it may have. */
        private static boolean[] next(boolean[] before, String name, boolean last, String[] parts) {
            boolean[] after = new boolean[before.length];
            boolean begun = false;
            for (int end = 0; end < before.length; end++) {
                if (name.equals(ANY)) {
                    after[end] = begun || (before[end] && !last);
                    begun |= before[end];
                } else {
                    after[end] = end > 0 && before[end - 1] && isLike(name, parts[end - 1]);
                }
            }
            return after;
        }

        /** Whether a name reads as the pattern says; steps back to the last star only, so that it takes no longer than the product. */
        private static boolean isLike(String pattern, String name) {
            int star = -1;
            int resume = 0;
            int at = 0;
            int in = 0;
            while (in < name.length()) {
                if (at < pattern.length() && pattern.charAt(at) == '*') {
                    star = at++;
                    resume = in;
                } else if (at < pattern.length()
                        && (pattern.charAt(at) == '?' || pattern.charAt(at) == name.charAt(in))) {
                    at++;
                    in++;
                } else if (star >= 0) {
                    at = star + 1;
                    in = ++resume;
                } else {
                    return false;
                }
            }
            while (at < pattern.length() && pattern.charAt(at) == '*') {
                at++;
            }
            return at == pattern.length();
        }
    }

    /**
     * A regular expression.
     *
     * @param pattern matches whole paths
     * @param negative whether it stands for all other paths
     */
    record Expression(Pattern pattern, boolean negative) implements PathPattern {
        /** Characters that are looked at for one path: far beyond what an honest expression needs. */
        private static final int BUDGET = 50_000;

        private static final int LONGEST = 500;

        static Optional<PathPattern> of(String text) {
            boolean negative = text.startsWith("!");
            String expression = negative ? text.substring(1) : text;
            try {
                return expression.length() > LONGEST
                        ? Optional.empty()
                        : Optional.of(new Expression(Pattern.compile(expression), negative));
            } catch (PatternSyntaxException e) {
                return Optional.empty();
            }
        }

        @Override
        public boolean matches(String path) {
            return FrugalText.matches(pattern, path, BUDGET)
                    .map(matches -> matches != negative)
                    .orElse(false);
        }
    }
}

package dev.mergeway.reconciler.forge.rest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Text on its way to a forge: cut to a limit, encoded for a path. */
public final class Texts {
    private Texts() {}

    /** At most so many UTF-16 units, ending in an ellipsis where something was cut off; never half a character. */
    public static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(limit - 2)) ? limit - 2 : limit - 1;
        return text.substring(0, end) + "…";
    }

    /** One segment of a path, or the value of a query, encoded: a slash in it is not one of the path's. */
    public static String encode(String segment) {
        // A dot is not encoded by anybody, and ".." would climb.
        if (segment.equals(".") || segment.equals("..")) {
            throw new IllegalArgumentException("'" + segment + "' is no name on a forge");
        }
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A path, each of its segments encoded. */
    public static String encodePath(String path) {
        return Arrays.stream(path.split("/", -1)).map(Texts::encode).collect(Collectors.joining("/"));
    }

    /** Short form of a commit id, for messages. */
    public static String brief(String commit) {
        return commit.substring(0, Math.min(commit.length(), 12));
    }
}

package dev.mergeway.schema.blueprint;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Paths within a repository. */
public final class Paths {
    private Paths() {}

    /**
     * The path that a relative path means when read in a folder, or empty where it would lead out of the repository or
     * is no relative path.
     *
     * @param folder "" for the repository's root
     * @param path with forward slashes; may have {@code .} and {@code ..}
     */
    public static Optional<String> within(String folder, String path) {
        if (path.startsWith("/") || path.indexOf('\\') >= 0 || path.indexOf('\0') >= 0 || path.length() > 4_096) {
            return Optional.empty();
        }
        Deque<String> names = new ArrayDeque<>();
        for (String name : (folder + "/" + path).split("/", -1)) {
            if (name.equals("..")) {
                if (names.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        return Optional.of(String.join("/", names));
    }
}

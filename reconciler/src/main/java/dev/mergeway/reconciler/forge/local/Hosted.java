package dev.mergeway.reconciler.forge.local;

import java.util.regex.Pattern;

/**
 * A repository that the local forge serves.
 *
 * @param name its name in the configuration, which its pages carry
 * @param path its path on the forge, such as {@code acme/shop}: the bare repository {@code acme/shop.git} below the root
 * @param branch the tracked branch
 */
public record Hosted(String name, String path, String branch) {
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*");

    public Hosted {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("the path of a repository reads like acme/shop, not '" + path + "'");
        }
    }
}

package dev.mergeway.webhooks.decode;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The places of a payload that a decoder reads, as a tree of member names; everything else is skipped unseen. */
final class Paths {
    private final Map<String, Paths> children = new HashMap<>();

    private Paths() {}

    /** The places, each written as {@code pull_request.head.sha}. */
    static Paths of(String... places) {
        Paths root = new Paths();
        for (String place : places) {
            Paths at = root;
            for (String name : place.split("\\.", -1)) {
                at = at.children.computeIfAbsent(name, any -> new Paths());
            }
        }
        return root;
    }

    /** What is read below a member; null where nothing is. */
    @Nullable
    Paths below(String name) {
        return children.get(name);
    }
}

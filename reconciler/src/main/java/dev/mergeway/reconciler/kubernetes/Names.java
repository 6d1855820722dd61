package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.schema.model.ResourceKey;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names that may stand in a path of the API; what else a name must be, the server says in its own words. */
final class Names {
    private static final int LONGEST = 253;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9:._-]*");

    private Names() {}

    /** What is wrong with the names of a key, empty where nothing is. */
    static Optional<Problem> problem(ResourceKey key) {
        if (!key.namespace().isEmpty() && !fits(key.namespace())) {
            return Optional.of(wrong("namespace", key.namespace(), "/metadata/namespace"));
        }
        return fits(key.name()) ? Optional.empty() : Optional.of(wrong("name", key.name(), "/metadata/name"));
    }

    /**
     * The same name, safe for a path and a label selector.
     *
     * @throws IllegalArgumentException if it is none that an environment could have
     */
    static String environment(String name) {
        if (name.length() > 63 || !name.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?")) {
            throw new IllegalArgumentException("no name of an environment: '" + name + "'");
        }
        return name;
    }

    private static boolean fits(String name) {
        return name.length() <= LONGEST && NAME.matcher(name).matches();
    }

    private static Problem wrong(String what, String name, String pointer) {
        String shown = name.length() > 80 ? name.substring(0, 80) + "…" : name;
        return Refusals.author(
                "'" + shown + "' is no " + what + " in Kubernetes: letters, digits, '-', '.', at most " + LONGEST
                        + " of them.",
                pointer);
    }
}

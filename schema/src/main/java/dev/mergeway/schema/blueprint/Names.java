package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.validate.Nearest;
import java.util.Collection;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Names: which are valid, and which was meant. */
final class Names {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    /** RFC 1123 label, as Kubernetes asks for. */
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final int MAX_LABEL = 63;
    private static final int MAX_SUBDOMAIN = 253;
    private static final int MAX_LISTED = 12;

    private Names() {}

    /** Whether CEL can call something by the name. */
    static boolean identifier(String name) {
        return IDENTIFIER.matcher(name).matches();
    }

    /** Whether it is a DNS label (at most 63 characters). */
    static boolean label(String name) {
        return name.length() <= MAX_LABEL && LABEL.matcher(name).matches();
    }

    /** Whether it is a DNS name (at most 253 characters). */
    static boolean subdomain(String name) {
        return name.length() <= MAX_SUBDOMAIN && SUBDOMAIN.matcher(name).matches();
    }

    /** A hint with the known name that was meant, else with the known names. */
    static String hint(String written, Collection<String> known) {
        return Nearest.of(written, known)
                .map(near -> "did you mean '" + near + "'?")
                .orElseGet(() -> known.isEmpty() ? "" : "known: " + listed(known));
    }

    /** The names, sorted, cut where there are very many. */
    static String listed(Collection<String> names) {
        TreeSet<String> sorted = new TreeSet<>(names);
        String text = String.join(", ", sorted.stream().limit(MAX_LISTED).toList());
        return sorted.size() > MAX_LISTED ? text + ", …" : text;
    }
}

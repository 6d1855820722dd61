package dev.mergeway.reconciler.report;

import dev.mergeway.reconciler.policy.Fix;
import dev.mergeway.reconciler.policy.Guardrail;
import dev.mergeway.reconciler.resource.CanonicalJson;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What a guardrail says, with the fields that would satisfy it, in a sentence each. */
public final class Fixes {
    /** A rule that names more is no quick fix; they are its own, so that this is far beyond what is seen. */
    private static final int SHOWN = 5;

    private Fixes() {}

    /** In plain text. */
    static String plain(Guardrail guardrail) {
        String set = set(guardrail.fixes());
        return set.isEmpty() ? guardrail.message() : ended(Safe.words(guardrail.message())) + " " + set;
    }

    /** In Markdown, with the place of each field. */
    static String markdown(Guardrail guardrail) {
        String message = Safe.prose(guardrail.message());
        String set = set(guardrail.fixes(), Safe::code, true);
        return set.isEmpty() ? message : ended(message) + " " + set;
    }

    /** {@code Set spec.storageGb to 50.} in plain text; "" where there is nothing to set. */
    public static String set(List<Fix> fixes) {
        return set(fixes, Safe::name, false);
    }

    private static String set(List<Fix> fixes, UnaryOperator<String> quoted, boolean placed) {
        if (fixes.isEmpty()) {
            return "";
        }
        return fixes.stream()
                .limit(SHOWN)
                .map(fix -> quoted.apply(FieldLines.path(fix.pointer())) + " to " + quoted.apply(value(fix.after()))
                        + (placed ? " (" + quoted.apply(place(fix)) + ")" : ""))
                .collect(Collectors.joining(", ", "Set ", "."));
    }

    private static String place(Fix fix) {
        return fix.file() + ":" + fix.position().line();
    }

    private static String value(Object value) {
        return value instanceof String text ? text : CanonicalJson.inOrder(value);
    }

    private static String ended(String sentence) {
        return sentence.isEmpty() || ".!?…:".indexOf(sentence.charAt(sentence.length() - 1)) >= 0
                ? sentence
                : sentence + ".";
    }
}

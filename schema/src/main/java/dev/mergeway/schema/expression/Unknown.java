package dev.mergeway.schema.expression;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationListener;
import dev.mergeway.schema.model.Late;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Watches one evaluation, and fails whatever looks into a value that is known only later: its marker is a text, and must
 * not be taken for the value. CEL's own rules then decide whether that matters, as with any other failure: {@code a || b}
 * holds where either does. Used once.
 *
 * <p>Decision: only functions that are known to pass values on, or to ask whether they are there, may meet a marker; one
 * that is added to the language later is thus refused rather than trusted.
 */
final class Unknown implements CelEvaluationListener {
    private static final Set<String> PASS_ON = Set.of(
            "_&&_",
            "_||_",
            "!_",
            "_?_:_",
            "_?._",
            "@not_strictly_false",
            "dyn",
            "hasValue",
            "optional.of",
            "or",
            "orValue",
            "secret",
            "value");

    private final Markers markers;
    private final Map<Long, Object> values = new HashMap<>();
    private @Nullable String met;

    Unknown(Markers markers) {
        this.markers = markers;
    }

    /** Why there is no answer, where a value that is known only later was met. */
    Optional<String> met() {
        return Optional.ofNullable(met)
                .map(text -> "it depends on " + text + ", which is known only once it has been made."
                        + " Write the value itself there, or ask the platform team for a rule that does without it.");
    }

    @Override
    public void callback(CelExpr expression, Object value) {
        Bounds.INTERMEDIATE.callback(expression, value);
        values.put(expression.id(), value);
        if (value instanceof String text && Markers.marked(text)) {
            meets(text);
        }
        if (expression.getKind() == CelExpr.ExprKind.Kind.CALL) {
            CelExpr.CelCall call = expression.call();
            List<Object> arguments = Stream.concat(call.target().stream(), call.args().stream())
                    .map(argument -> values.getOrDefault(argument.id(), ""))
                    .toList();
            if (!passesOn(call.function(), arguments) && markers.late(arguments)) {
                meets(arguments);
                throw new LateException();
            }
        }
    }

    private void meets(Object tree) {
        met = markers.within(tree).stream().map(Late::text).findFirst().orElse(met);
    }

    private boolean passesOn(String function, List<Object> arguments) {
        return switch (function) {
            case "_[_]", "_[?_]" -> !markers.late(arguments.getLast());
            case "size" -> !(arguments.getFirst() instanceof String);
            case "_+_" -> arguments.stream().allMatch(Collection.class::isInstance);
            case "@in" -> arguments.getLast() instanceof Map && !markers.late(arguments.getFirst());
            case "_==_", "_!=_" ->
                arguments.contains(NullValue.NULL_VALUE) && arguments.stream().noneMatch(Unknown::isText);
            default -> PASS_ON.contains(function);
        };
    }

    private static boolean isText(Object value) {
        return value instanceof String text && Markers.marked(text);
    }

    /** Unchecked, since it passes through CEL, which takes it for a failure of the call. */
    private static final class LateException extends RuntimeException {
        LateException() {
            super("a value is known only later", null, false, false);
        }
    }
}

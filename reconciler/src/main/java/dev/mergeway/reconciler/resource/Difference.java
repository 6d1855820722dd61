package dev.mergeway.reconciler.resource;

import dev.mergeway.schema.model.ResourceKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the desired resource differs from the live one, as its target sees it.
 *
 * @param key the resource
 * @param action what applying would do
 * @param fields what would change, by pointer; only fields that we own
 * @param reason why it is a replacement, an adoption or a conflict, in plain words; "" where nothing needs saying
 * @param conflicts who else owns fields that we want, such as {@code kubectl-edit: /spec/replicas}; applying needs an
 *     approval where there are any
 * @param refusal why the target would refuse it, null where it would not
 * @param notices what the target says about the change, though it would take it; empty where nothing would change
 */
public record Difference(
        ResourceKey key,
        Action action,
        List<FieldChange> fields,
        String reason,
        List<String> conflicts,
        @Nullable Problem refusal,
        List<Notice> notices) {
    public Difference {
        fields = List.copyOf(fields);
        conflicts = List.copyOf(conflicts);
        notices = List.copyOf(notices);
    }

    /** A difference that its target says nothing about. */
    public Difference(
            ResourceKey key,
            Action action,
            List<FieldChange> fields,
            String reason,
            List<String> conflicts,
            @Nullable Problem refusal) {
        this(key, action, fields, reason, conflicts, refusal, List.of());
    }

    /** The same with what its target says about it. */
    public Difference saying(List<Notice> what) {
        return new Difference(key, action, fields, reason, conflicts, refusal, what);
    }

    /** Why the target would refuse it, or empty where it would not. */
    public Optional<Problem> refused() {
        return Optional.ofNullable(refusal);
    }
}

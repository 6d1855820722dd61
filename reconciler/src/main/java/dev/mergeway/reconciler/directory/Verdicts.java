package dev.mergeway.reconciler.directory;

import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.FieldChange;
import dev.mergeway.reconciler.resource.Ownership;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.resource.TreeDiff;
import dev.mergeway.reconciler.resource.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a slot means for a desired resource: the difference, and what would be written. Pure.
 *
 * @param difference how it differs
 * @param content what the file shall hold; what is wanted alone where the target refuses
 * @param from the environment whose folder the resource is in now, its own where it is in none
 */
record Verdicts(Difference difference, Content content, String from) {
    private static Verdicts of(Desired desired, Action action, List<FieldChange> fields, String reason, String from) {
        return new Verdicts(
                new Difference(desired.key(), action, fields, reason, List.of(), null), Content.of(desired), from);
    }

    /** The resource is not there. */
    static Verdicts create(Desired desired) {
        List<FieldChange> fields = fields(desired, Map.of(), Content.of(desired).tree());
        return of(desired, Action.CREATE, fields, "", desired.owner().spec().environment());
    }

    /** The target would not do it. */
    static Verdicts refused(Desired desired, String message) {
        Problem problem = new Problem(Problem.Turn.AUTHOR, message, "", false);
        return new Verdicts(
                new Difference(desired.key(), Action.CREATE, List.of(), "", List.of(), problem),
                Content.of(desired),
                desired.owner().spec().environment());
    }

    /** A file of ours that can't be read any more is written again. */
    static Verdicts rewrite(Desired desired, String from, String file) {
        String reason = from + "/" + file + " can't be read as YAML any more: it is written again";
        return of(desired, Action.UPDATE, List.of(), reason, from);
    }

    /** A file of ours is there. {@code from} is the environment whose folder it is in. */
    static Verdicts merge(Desired desired, Content live, String from) {
        Content wanted = Content.of(desired);
        Set<String> unknown = Content.inFile(desired.key(), desired.unknown().keySet());
        Map<String, Object> merged = ThreeWay.merge(live, wanted, unknown);
        List<FieldChange> fields = fields(desired, live.tree(), merged);
        Optional<Ownership> other = owner(live).filter(owner -> !same(owner, desired.owner()));
        boolean moves = !from.equals(desired.owner().spec().environment());
        String former = other.map(Ownership::title).orElse("environment " + from);
        // A spec that was renamed within its environment and repository takes its resources along.
        boolean stranger = moves
                || other.filter(owner -> elsewhere(owner, desired.owner())).isPresent();
        List<String> conflicts =
                stranger ? List.of(other.map(Ownership::conflict).orElse(former)) : List.of();
        String reason = moves || other.isPresent() ? "belongs to " + former + " until now" : "";
        Action action = fields.isEmpty() && !moves ? Action.UNCHANGED : Action.UPDATE;
        return new Verdicts(
                new Difference(desired.key(), action, fields, reason, conflicts, null),
                new Content(merged, wanted.applied()),
                from);
    }

    private static Optional<Ownership> owner(Content live) {
        return Ownership.of(
                Trees.strings(Trees.mapping(live.tree(), "/metadata/labels")),
                Trees.strings(Trees.mapping(live.tree(), "/metadata/annotations")));
    }

    private static boolean same(Ownership live, Ownership desired) {
        return new Ownership(live.repository(), live.spec(), desired.stateful()).sameAs(desired);
    }

    private static boolean elsewhere(Ownership live, Ownership desired) {
        return !Ownership.value(live.repository()).equals(Ownership.value(desired.repository()));
    }

    private static List<FieldChange> fields(Desired desired, Map<String, Object> before, Map<String, Object> after) {
        Set<String> sensitive = Content.inFile(desired.key(), desired.sensitive());
        List<FieldChange> fields = new ArrayList<>();
        for (FieldChange change : TreeDiff.between(before, after, sensitive)) {
            fields.add(new FieldChange(
                    Content.inBody(desired.key(), change.pointer()),
                    change.before(),
                    change.after(),
                    change.sensitive()));
        }
        new TreeMap<>(desired.unknown()).forEach((pointer, text) -> {
            String inFile =
                    Content.inFile(desired.key(), Set.of(pointer)).iterator().next();
            FieldChange change = TreeDiff.change(inFile, Trees.at(before, inFile), text, sensitive);
            fields.add(new FieldChange(pointer, change.before(), change.after(), change.sensitive()));
        });
        return fields;
    }
}

package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.kubernetes.Conflicts.Conflict;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.FieldChange;
import dev.mergeway.reconciler.resource.Look;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.schema.model.ResourceKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Dry runs of the very apply that would follow: what they show is what will be done. */
final class DryRuns {
    /** Why a dry run cannot show the step: what it makes fits its kind only once that is changed. */
    static final String KIND_CHANGES = "its kind changes with the same plan";

    private final Actors actors;
    private final String home;

    DryRuns(Actors actors, String home) {
        this.actors = actors;
        this.home = home;
    }

    /**
     * What a comparison of many has in common.
     *
     * @param batch what else comes
     * @param survey what was seen of the live ones
     * @param stages where to rehearse what comes with its namespace
     */
    record Common(Batch batch, Survey survey, Stages stages) {}

    /** What making the object would give. */
    Difference create(Desired desired, Kind kind, Common common) throws Unreachable {
        ResourceKey key = desired.key();
        String stage = common.stages().byAwaited().get(key.namespace());
        if (stage != null) {
            return rehearsed(desired, kind, stage);
        }
        Reply reply = dryRun(desired, kind, key.namespace(), false);
        if (reply.ok()) {
            List<FieldChange> fields = Fields.between(desired, null, reply.body());
            return new Difference(key, Action.CREATE, Unknowns.add(desired, null, fields), "", List.of(), null)
                    .saying(Notices.of(desired, reply));
        }
        if (common.batch().namespaces().containsKey(key.namespace())
                && (Refusals.ofNamespace(reply) || Refusals.ofTerminating(reply))) {
            return rehearsed(desired, kind, Stages.ANYWHERE);
        }
        boolean later = Unknowns.explain(desired, reply)
                || reply.missing() && common.batch().makesRoleOf(desired);
        return later ? planned(desired, "") : refused(desired, Action.CREATE, Refusals.of(desired, reply));
    }

    /** Its namespace comes with the same plan: what the server thinks of the object itself, it can say elsewhere. */
    private Difference rehearsed(Desired desired, Kind kind, String stage) throws Unreachable {
        Reply rehearsal = dryRun(desired, kind, stage, true);
        boolean bad = rehearsal.misfit() || rehearsal.code() == 422 && !Refusals.ofImmutable(rehearsal);
        if (bad && !stage.equals(Stages.ANYWHERE)) {
            return rehearsed(
                    desired, kind, Stages.ANYWHERE); // what is there by the same name may be what it does not suit
        }
        return bad && !Unknowns.explain(desired, rehearsal)
                ? refused(desired, Action.CREATE, Refusals.of(desired, rehearsal))
                : planned(desired, "").saying(Notices.warnings(desired, rehearsal));
    }

    /** What applying to the live object would change. */
    Difference change(Desired desired, Kind kind, Map<String, Object> live, Holder holder, String hash)
            throws Unreachable {
        ResourceKey key = desired.key();
        Map<String, Object> body = Copies.kept(desired, Marks.marked(desired, home), live);
        Reply reply = send(desired, kind, key.namespace(), body, false);
        List<Conflict> conflicts = List.of();
        if (reply.fieldConflict()) {
            conflicts = Conflicts.of(reply, desired.body());
            reply = send(desired, kind, key.namespace(), body, true);
        }
        Contest contest = new Contest(conflicts, Contest.isOurs(live, hash));
        if (reply.ok()) {
            Difference update = update(desired, live, reply.body(), holder, contest);
            return update.action() == Action.UNCHANGED ? update : update.saying(Notices.of(desired, reply));
        }
        if (Refusals.ofImmutable(reply) && holder instanceof Holder.Ours) {
            String reason = Sensitivity.of(desired).strike(Consequences.ofReplacing(key, reply));
            return unshown(desired, live, Action.REPLACE, reason, contest.held());
        }
        return Unknowns.explain(desired, reply)
                ? new Difference(key, Action.UPDATE, Unknowns.add(desired, live, List.of()), "", List.of(), null)
                : refused(desired, Action.UPDATE, Refusals.of(desired, reply));
    }

    private Difference update(
            Desired desired, Map<String, Object> live, Map<String, Object> result, Holder holder, Contest contest) {
        List<FieldChange> fields = Unknowns.add(desired, live, Fields.between(desired, live, result));
        List<String> held = contest.held();
        ResourceKey key = desired.key();
        if (holder instanceof Holder.Foreign foreign) {
            return new Difference(key, Action.ADOPT, fields, foreign.reason(), held, null);
        }
        if (holder instanceof Holder.Other other) {
            List<String> all = new ArrayList<>(held);
            all.addFirst(other.owner().conflict());
            return new Difference(key, Action.UPDATE, fields, other.reason(), all, null);
        }
        if (!fields.isEmpty() || !held.isEmpty()) {
            return new Difference(key, Action.UPDATE, fields, contest.reason(live), held, null);
        }
        // The values are as desired, but a field of ours may belong to others alone, or one of theirs to us too.
        return FieldSet.ours(live).equals(FieldSet.ours(result))
                ? new Difference(key, Action.UNCHANGED, fields, "", held, null)
                : new Difference(key, Action.UPDATE, fields, "only which of its fields are ours changes", held, null);
    }

    private Reply dryRun(Desired desired, Kind kind, String namespace, boolean force) throws Unreachable {
        Map<String, Object> body = Marks.marked(desired, home);
        if (!namespace.equals(desired.key().namespace())) {
            Map<String, Object> metadata = new LinkedHashMap<>(Look.map(body, "metadata"));
            metadata.put("namespace", namespace);
            body = new LinkedHashMap<>(body);
            body.put("metadata", metadata);
        }
        return send(desired, kind, namespace, body, force);
    }

    private Reply send(Desired desired, Kind kind, String namespace, Map<String, Object> body, boolean force)
            throws Unreachable {
        String path = kind.path(namespace, desired.key().name());
        return actors.of(desired.owner()).send(Call.apply(path, body, true, force), Patience.SHORT);
    }

    /** A creation that no dry run can show. */
    static Difference planned(Desired desired, String reason) {
        return unshown(desired, null, Action.CREATE, reason, List.of());
    }

    /** A change that no dry run can show. */
    static Difference planned(Desired desired, Map<String, Object> live, String reason) {
        return unshown(desired, live, Action.UPDATE, reason, List.of());
    }

    private static Difference unshown(
            Desired desired, @Nullable Map<String, Object> live, Action action, String reason, List<String> held) {
        List<FieldChange> fields = Structure.between(desired, live, desired.body());
        return new Difference(desired.key(), action, Unknowns.add(desired, live, fields), reason, held, null);
    }

    /** A step that cannot be taken. */
    static Difference refused(Desired desired, Action action, @Nullable Problem problem) {
        return new Difference(desired.key(), action, List.of(), "", List.of(), problem);
    }
}

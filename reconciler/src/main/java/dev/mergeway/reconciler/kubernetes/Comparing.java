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
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Desired against live, by a dry run of the very apply that would follow. */
final class Comparing {
    private final Api api;
    private final Kinds kinds;
    private final SyncMemory memory;
    private final String home;

    Comparing(Api api, Kinds kinds, SyncMemory memory, String home) {
        this.api = api;
        this.kinds = kinds;
        this.memory = memory;
        this.home = home;
    }

    Difference compare(Desired desired, Batch batch) throws Unreachable {
        ResourceKey key = desired.key();
        Optional<Problem> nameless = Names.problem(key);
        if (nameless.isPresent()) {
            return refused(desired, Action.CREATE, nameless.get());
        }
        Optional<Kind> kind = kinds.find(key.type());
        if (kind.isEmpty()) {
            return batch.definitions().containsKey(key.type()) ? planned(desired, "") : unknown(desired);
        }
        if (kind.get().namespaced() && key.namespace().isEmpty()) {
            return refused(
                    desired, Action.CREATE, Refusals.author(Refusals.name(key) + " needs a namespace", "/metadata"));
        }
        return quiet(desired)
                ? new Difference(key, Action.UNCHANGED, List.of(), "", List.of(), null)
                : look(desired, kind.get(), batch, Marks.hash(desired));
    }

    /** Whether a living watch last saw the object as it was when it was known to be in sync. */
    boolean quiet(Desired desired) {
        return desired.unknown().isEmpty()
                && memory.seen(desired.key())
                        .map(seen -> memory.knows(desired.key(), Marks.hash(desired), seen))
                        .orElse(false);
    }

    private Difference look(Desired desired, Kind kind, Batch batch, String hash) throws Unreachable {
        ResourceKey key = desired.key();
        Reply reply = api.send(Call.read(kind.path(key.namespace(), key.name())), Patience.SHORT);
        if (reply.missing()) {
            memory.forget(key);
            return create(desired, kind, batch);
        }
        if (!reply.ok()) {
            return refused(desired, Action.UPDATE, Refusals.of(desired, reply));
        }
        Map<String, Object> live = reply.body();
        if (Look.at(live, "metadata", "deletionTimestamp") != null) {
            return planned(desired, "the one that is there is being deleted; it is made again when that is done");
        }
        String fingerprint = Fingerprint.of(live);
        if (desired.unknown().isEmpty() && memory.knows(key, hash, fingerprint)) {
            return new Difference(key, Action.UNCHANGED, List.of(), "", List.of(), null);
        }
        Holder holder = Holder.of(desired, live);
        Difference difference = change(desired, kind, live, holder, hash);
        if (difference.action() == Action.UPDATE && holder instanceof Holder.Ours) {
            memory.plan(key, Look.text(live, "metadata", "resourceVersion"));
        }
        if (difference.action() == Action.UNCHANGED && difference.refused().isEmpty()) {
            memory.learn(key, hash, fingerprint);
        }
        return difference;
    }

    private Difference create(Desired desired, Kind kind, Batch batch) throws Unreachable {
        ResourceKey key = desired.key();
        Reply reply = dryRun(desired, kind, key.namespace(), false);
        if (reply.ok()) {
            List<FieldChange> fields = Fields.between(desired, null, reply.body());
            return new Difference(key, Action.CREATE, Unknowns.add(desired, null, fields), "", List.of(), null);
        }
        boolean awaited = batch.namespaces().contains(key.namespace())
                && (Refusals.ofNamespace(reply) || Refusals.ofTerminating(reply));
        if (awaited) {
            // Its namespace comes with the same plan: what the server thinks of the object itself, it can say
            // elsewhere.
            Reply rehearsal = dryRun(desired, kind, "default", true);
            boolean bad = rehearsal.misfit() || rehearsal.code() == 422 && !Refusals.ofImmutable(rehearsal);
            return bad && !Unknowns.explain(desired, rehearsal)
                    ? refused(desired, Action.CREATE, Refusals.of(desired, rehearsal))
                    : planned(desired, "");
        }
        return Unknowns.explain(desired, reply)
                ? planned(desired, "")
                : refused(desired, Action.CREATE, Refusals.of(desired, reply));
    }

    private Difference change(Desired desired, Kind kind, Map<String, Object> live, Holder holder, String hash)
            throws Unreachable {
        ResourceKey key = desired.key();
        Reply reply = dryRun(desired, kind, key.namespace(), false);
        List<Conflict> conflicts = List.of();
        if (reply.fieldConflict()) {
            conflicts = Conflicts.of(reply, desired.body());
            reply = dryRun(desired, kind, key.namespace(), true);
        }
        if (reply.ok()) {
            return update(desired, live, reply.body(), holder, new Contest(conflicts, Contest.isOurs(live, hash)));
        }
        if (Refusals.ofImmutable(reply) && holder instanceof Holder.Ours) {
            List<FieldChange> fields = Structure.between(desired, live, desired.body());
            String reason = Sensitivity.of(desired).strike(Consequences.ofReplacing(key, reply));
            return new Difference(key, Action.REPLACE, Unknowns.add(desired, live, fields), reason, List.of(), null);
        }
        return Unknowns.explain(desired, reply)
                ? new Difference(key, Action.UPDATE, Unknowns.add(desired, live, List.of()), "", List.of(), null)
                : refused(desired, Action.UPDATE, Refusals.of(desired, reply));
    }

    private Difference update(
            Desired desired, Map<String, Object> live, Map<String, Object> result, Holder holder, Contest contest) {
        List<FieldChange> fields = Unknowns.add(desired, live, Fields.between(desired, live, result));
        List<String> held = contest.held().stream().map(Conflict::text).toList();
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
        String path = kind.path(namespace, desired.key().name());
        return api.send(Call.apply(path, body, true, force), Patience.SHORT);
    }

    private Difference unknown(Desired desired) throws Unreachable {
        String type = desired.key().type();
        String similar = kinds.similar(type).stream().collect(Collectors.joining(" or "));
        String hint = similar.isEmpty()
                ? "Install what defines it, or add its CRD to this change."
                : "Did you mean " + similar + "?";
        return refused(
                desired, Action.CREATE, Refusals.author("The cluster serves no kind " + type + ". " + hint, "/kind"));
    }

    /** A creation that no dry run can show. */
    private static Difference planned(Desired desired, String reason) {
        List<FieldChange> fields = Structure.between(desired, null, desired.body());
        return new Difference(
                desired.key(), Action.CREATE, Unknowns.add(desired, null, fields), reason, List.of(), null);
    }

    private static Difference refused(Desired desired, Action action, @Nullable Problem problem) {
        return new Difference(desired.key(), action, List.of(), "", List.of(), problem);
    }
}

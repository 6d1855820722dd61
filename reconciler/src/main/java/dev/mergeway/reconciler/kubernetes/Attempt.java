package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.kubernetes.Conflicts.Conflict;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.Look;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.resource.Outcome.Result;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.resource.Problem.Turn;
import dev.mergeway.schema.model.ResourceKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One apply with what it learned so far. */
final class Attempt {
    /** A version that no object has any more: etcd starts at 1. */
    private static final String NO_VERSION = "1";

    private final Applying.Tools tools;
    private final Desired desired;
    private final Difference planned;
    private final Api api;
    private final ResourceKey key;
    private final Map<String, Object> marked;
    private final String hash;
    private Map<String, Object> annotations = Map.of();
    private String before = "";
    private boolean looked;
    private boolean replaced;
    private @Nullable Reply last;

    Attempt(Applying.Tools tools, Desired desired, Difference planned) {
        this.tools = tools;
        this.desired = desired;
        this.planned = planned;
        api = tools.actors().of(desired.owner());
        key = desired.key();
        marked = Marks.marked(desired, tools.home());
        hash = Look.text(marked, "metadata", "annotations", Marks.APPLIED);
    }

    /** Empty where the world moved in between, so that it is to be looked at again. */
    Optional<Outcome> once() throws Unreachable {
        Optional<Kind> kind = tools.kinds().find(key.type());
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        tools.inventory().include(desired.owner().spec().environment(), kind.get());
        Optional<String> expected = expected();
        if (expected.isPresent()) {
            before = expected.get();
            Optional<Outcome> outcome = write(kind.get(), marked, Map.of("resourceVersion", before));
            if (outcome.isPresent()) {
                return outcome;
            }
        }
        return look(kind.get());
    }

    /**
     * The version in which the plan saw the object: when it still has it, whose it is need not be asked again. An
     * apply with a version that no object has makes an object or is refused, but never changes one (seen with 1.35).
     */
    private Optional<String> expected() {
        if (looked) {
            return Optional.empty();
        }
        looked = true;
        return switch (planned.action()) {
            case CREATE -> Optional.of(NO_VERSION);
            case UPDATE ->
                Copies.open(desired) ? Optional.empty() : tools.memory().planned(key);
            case DELETE, REPLACE, ADOPT, UNCHANGED -> Optional.empty();
        };
    }

    private Optional<Outcome> look(Kind kind) throws Unreachable {
        String path = kind.path(key.namespace(), key.name());
        Reply look = api.send(Copies.open(desired) ? Call.read(path) : Call.readMetadata(path), Patience.LONG);
        if (!look.ok() && !look.missing()) {
            return Optional.of(Outcome.failed(key, Refusals.of(desired, look)));
        }
        if (look.missing()) {
            return write(kind, marked, Map.of("resourceVersion", NO_VERSION));
        }
        Map<String, Object> live = look.body();
        if (Look.at(live, "metadata", "deletionTimestamp") != null) {
            Outcome gone = tools.deleting().awaitGone(key, kind, live);
            return gone.result() == Result.FAILED ? Optional.of(gone) : Optional.empty();
        }
        Optional<Problem> hands = forbidden(live);
        if (hands.isPresent()) {
            return Optional.of(Outcome.failed(key, hands.get()));
        }
        if (planned.action() == Action.REPLACE && !replaced) {
            return replace(kind, live);
        }
        // Whoever deletes it and makes another in this moment gets a conflict, and we look again.
        String uid = Look.text(live, "metadata", "uid");
        annotations = Look.map(live, "metadata", "annotations");
        before = version(live);
        Map<String, Object> kept = Copies.kept(desired, marked, live);
        return kept == marked
                ? write(kind, marked, Map.of("uid", uid))
                : write(kind, kept, Map.of("uid", uid, "resourceVersion", before)); // an autoscaler may change it now
    }

    private Optional<Problem> forbidden(Map<String, Object> live) {
        return switch (Holder.of(desired, live)) {
            case Holder.Ours _ -> Optional.empty();
            case Holder.Other other ->
                planned.conflicts().contains(other.owner().conflict())
                        ? Optional.empty()
                        : Optional.of(other.problem(key));
            case Holder.Foreign foreign ->
                planned.action() == Action.ADOPT
                        ? Optional.empty()
                        : Optional.of(Refusals.author(
                                Refusals.name(key) + " was left alone: " + foreign.reason() + ".", "/metadata/name"));
        };
    }

    private Optional<Outcome> replace(Kind kind, Map<String, Object> live) throws Unreachable {
        Reply answer = tools.deleting().ask(api, key, kind, live, "Foreground");
        if (answer.code() == 409 || answer.missing()) {
            return Optional.empty();
        }
        if (!answer.ok()) {
            return Optional.of(Outcome.failed(key, Refusals.of(desired, answer)));
        }
        Outcome gone = tools.deleting().awaitGone(key, kind, live);
        replaced = true;
        return gone.result() == Result.FAILED ? Optional.of(gone) : Optional.empty();
    }

    /** Applies to the object as it is taken to be: with that uid, or of that version. */
    private Optional<Outcome> write(Kind kind, Map<String, Object> sent, Map<String, String> as) throws Unreachable {
        Map<String, Object> metadata = new LinkedHashMap<>(Look.map(sent, "metadata"));
        metadata.putAll(as);
        Map<String, Object> body = new LinkedHashMap<>(sent);
        body.put("metadata", metadata);
        String path = kind.path(key.namespace(), key.name());
        Reply reply = api.send(Call.apply(path, body, false, false), Patience.LONG);
        if (reply.fieldConflict()) {
            List<String> held = unapproved(Conflicts.of(reply, desired.body()));
            if (!held.isEmpty()) {
                return metadata.containsKey("uid")
                        ? Optional.of(Outcome.failed(key, held(held)))
                        : Optional.empty(); // whose they are is seen only by looking
            }
            // Forced only onto what was looked at: whoever takes a field in this moment is not overrun unseen.
            metadata.put("resourceVersion", before);
            reply = api.send(Call.apply(path, body, false, true), Patience.LONG);
        }
        last = reply;
        if (reply.ok()) {
            return Optional.of(finish(kind, reply));
        }
        boolean kindGone = reply.notServed();
        if (kindGone) {
            tools.kinds().forget(kind);
        }
        boolean kindOld = reply.misfit() && planned.reason().equals(DryRuns.KIND_CHANGES);
        return kindGone || kindOld || reply.code() == 409
                ? Optional.empty()
                : Optional.of(Outcome.failed(key, Refusals.of(desired, reply)));
    }

    /** Conflicts that were neither shown with the plan nor are a repair of what we applied. */
    private List<String> unapproved(List<Conflict> conflicts) {
        boolean repair = hash.equals(annotations.get(Marks.APPLIED));
        return new Contest(conflicts, repair)
                .held().stream()
                        .filter(text -> !planned.conflicts().contains(text))
                        .toList();
    }

    private Problem held(List<String> conflicts) {
        String others = String.join(", ", conflicts);
        String pointer = conflicts.getFirst().replaceFirst("^[^/]*: ", "");
        return Refusals.author(
                Refusals.name(key) + " was left alone: others own fields of it (" + others
                        + "). Leave these fields out, or plan again and approve taking them over.",
                pointer);
    }

    private Outcome finish(Kind kind, Reply reply) throws Unreachable {
        Optional<Problem> late = tools.readiness().missing(key, kind, reply.body());
        if (late.isPresent()) {
            return Outcome.failed(key, late.get());
        }
        tools.memory().learn(key, hash, Fingerprint.of(reply.body()));
        if (replaced) {
            return Outcome.done(key, Result.REPLACED);
        }
        if (reply.code() == 201) {
            return Outcome.done(key, Result.CREATED);
        }
        boolean same = before.equals(version(reply.body()));
        return Outcome.done(key, same ? Result.UNCHANGED : Result.UPDATED);
    }

    /** What to say when the world never stood still. */
    Outcome lastWords() {
        Reply reply = last;
        if (reply == null || reply.missing()) {
            return Outcome.failed(
                    key,
                    new Problem(
                            Turn.AUTHOR, "The cluster serves no kind " + key.type() + " (any more).", "/kind", true));
        }
        if (reply.misfit()) {
            return Outcome.failed(key, Refusals.of(desired, reply));
        }
        return Outcome.failed(
                key,
                new Problem(
                        Turn.MERGEWAY,
                        Refusals.name(key) + " kept changing while it was applied: " + reply.message(),
                        "",
                        true));
    }

    private static String version(Map<String, Object> object) {
        return Look.text(object, "metadata", "resourceVersion");
    }
}

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
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes one live object as desired, by server-side apply. */
final class Applying {
    /** How often the object may be changed, deleted or made by others between our look and our apply. */
    private static final int TRIES = 8;

    /** Long gone: etcd starts at 1. */
    private static final String NO_VERSION = "1";

    /** A CRD is established within a second; its controller may be starting. */
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    private final Api api;
    private final Kinds kinds;
    private final SyncMemory memory;
    private final Inventory inventory;
    private final Deleting deleting;
    private final Waits waits;
    private final String home;

    /** What applying works with. */
    record Tools(Api api, Kinds kinds, SyncMemory memory, Inventory inventory, Deleting deleting, Waits waits) {}

    Applying(Tools tools, String home) {
        api = tools.api();
        kinds = tools.kinds();
        memory = tools.memory();
        inventory = tools.inventory();
        deleting = tools.deleting();
        waits = tools.waits();
        this.home = home;
    }

    Outcome apply(Desired desired, Difference planned) throws Unreachable {
        ResourceKey key = desired.key();
        if (planned.action() == Action.UNCHANGED) {
            return Outcome.done(key, Result.UNCHANGED);
        }
        Optional<Problem> refusal = planned.refused().or(() -> Names.problem(key));
        if (refusal.isPresent()) {
            return Outcome.failed(key, refusal.get());
        }
        memory.forget(key);
        Attempt attempt = new Attempt(desired, planned);
        for (int tries = 1; tries <= TRIES; tries++) {
            Optional<Outcome> outcome = attempt.once();
            if (outcome.isPresent()) {
                return outcome.get();
            }
            api.waitFor(Patience.after(tries, Duration.ZERO));
        }
        return attempt.lastWords();
    }

    /** One apply with what it learned so far. */
    private final class Attempt {
        private final Desired desired;
        private final Difference planned;
        private final ResourceKey key;
        private final Map<String, Object> marked;
        private final String hash;
        private Map<String, Object> annotations = Map.of();
        private String before = "";
        private boolean looked;
        private boolean replaced;
        private @Nullable Reply last;

        Attempt(Desired desired, Difference planned) {
            this.desired = desired;
            this.planned = planned;
            key = desired.key();
            marked = Marks.marked(desired, home);
            hash = Look.text(marked, "metadata", "annotations", Marks.APPLIED);
        }

        /** Empty where the world moved in between, so that it is to be looked at again. */
        Optional<Outcome> once() throws Unreachable {
            Optional<Kind> kind = kinds.find(key.type());
            if (kind.isEmpty()) {
                return Optional.empty();
            }
            inventory.include(desired.owner().spec().environment(), kind.get());
            Optional<String> expected = expected();
            if (expected.isPresent()) {
                before = expected.get();
                Map<String, Object> as = Map.of("metadata", Map.of("resourceVersion", before));
                Optional<Outcome> outcome = write(kind.get(), as);
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
                case UPDATE -> memory.planned(key);
                case DELETE, REPLACE, ADOPT, UNCHANGED -> Optional.empty();
            };
        }

        private Optional<Outcome> look(Kind kind) throws Unreachable {
            Reply look = api.send(Call.readMetadata(kind.path(key.namespace(), key.name())), Patience.LONG);
            if (!look.ok() && !look.missing()) {
                return Optional.of(Outcome.failed(key, Refusals.of(desired, look)));
            }
            if (look.missing()) {
                return write(kind, Map.of("metadata", Map.of("resourceVersion", NO_VERSION)));
            }
            Map<String, Object> live = look.body();
            if (Look.at(live, "metadata", "deletionTimestamp") != null) {
                Outcome gone = deleting.awaitGone(key, kind, live);
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
            return write(kind, Map.of("metadata", Map.of("uid", uid)));
        }

        private Optional<Problem> forbidden(Map<String, Object> live) {
            return switch (Holder.of(desired, live)) {
                case Holder.Ours _ -> Optional.empty();
                case Holder.Other other -> Optional.of(other.problem(key));
                case Holder.Foreign foreign ->
                    planned.action() == Action.ADOPT
                            ? Optional.empty()
                            : Optional.of(Refusals.author(
                                    Refusals.name(key) + " was left alone: " + foreign.reason() + ".",
                                    "/metadata/name"));
            };
        }

        private Optional<Outcome> replace(Kind kind, Map<String, Object> live) throws Unreachable {
            Reply answer = deleting.ask(key, kind, live, "Foreground");
            if (answer.code() == 409 || answer.missing()) {
                return Optional.empty();
            }
            if (!answer.ok()) {
                return Optional.of(Outcome.failed(key, Refusals.of(desired, answer)));
            }
            Outcome gone = deleting.awaitGone(key, kind, live);
            replaced = true;
            return gone.result() == Result.FAILED ? Optional.of(gone) : Optional.empty();
        }

        /** Applies to the object as it is taken to be: with that uid, or of that version. */
        private Optional<Outcome> write(Kind kind, Map<String, Object> as) throws Unreachable {
            Map<String, Object> metadata = new LinkedHashMap<>(Look.map(marked, "metadata"));
            metadata.putAll(Look.map(as, "metadata"));
            Map<String, Object> body = new LinkedHashMap<>(marked);
            body.put("metadata", metadata);
            String path = kind.path(key.namespace(), key.name());
            Reply reply = api.send(Call.apply(path, body, false, planned.action() == Action.ADOPT), Patience.LONG);
            if (reply.fieldConflict()) {
                List<String> held = unapproved(Conflicts.of(reply, desired.body()));
                if (!held.isEmpty()) {
                    return metadata.containsKey("uid")
                            ? Optional.of(Outcome.failed(key, held(held)))
                            : Optional.empty(); // whose they are is seen only by looking
                }
                reply = api.send(Call.apply(path, body, false, true), Patience.LONG);
            }
            last = reply;
            if (reply.ok()) {
                return Optional.of(finish(kind, reply));
            }
            boolean kindGone = reply.missing() && !Refusals.ofNamespace(reply);
            if (kindGone) {
                kinds.forget(kind);
            }
            return kindGone || reply.code() == 409
                    ? Optional.empty()
                    : Optional.of(Outcome.failed(key, Refusals.of(desired, reply)));
        }

        /** Conflicts that were neither shown with the plan nor are a repair of what we applied. */
        private List<String> unapproved(List<Conflict> conflicts) {
            boolean repair = hash.equals(annotations.get(Marks.APPLIED));
            return new Contest(conflicts, repair)
                    .held().stream()
                            .map(Conflict::text)
                            .filter(text -> !planned.conflicts().contains(text))
                            .toList();
        }

        private Problem held(List<String> conflicts) {
            String others = conflicts.stream().collect(Collectors.joining(", "));
            String pointer = conflicts.getFirst().replaceFirst("^[^/]*: ", "");
            return Refusals.author(
                    Refusals.name(key) + " was left alone: others own fields of it (" + others
                            + "). Leave these fields out, or plan again and approve taking them over.",
                    pointer);
        }

        private Outcome finish(Kind kind, Reply reply) throws Unreachable {
            Optional<Problem> late = ready(kind, reply.body());
            if (late.isPresent()) {
                return Outcome.failed(key, late.get());
            }
            if (desired.unknown().isEmpty()) {
                memory.learn(key, hash, Fingerprint.of(reply.body()));
            }
            if (replaced) {
                return Outcome.done(key, Result.REPLACED);
            }
            if (reply.code() == 201) {
                return Outcome.done(key, Result.CREATED);
            }
            boolean same = before.equals(version(reply.body()));
            return Outcome.done(key, same ? Result.UNCHANGED : Result.UPDATED);
        }

        /** What others stand on must hold before they come. */
        private Optional<Problem> ready(Kind kind, Map<String, Object> object) throws Unreachable {
            return switch (key.type()) {
                case "apiextensions.k8s.io/v1/CustomResourceDefinition" -> {
                    boolean established = waits.becomes(kind, "", key.name(), Applying::established, READY_WITHIN);
                    yield established ? Optional.empty() : Optional.of(late("is not established"));
                }
                case "v1/Namespace" ->
                    Look.text(object, "status", "phase").equals("Terminating")
                            ? Optional.of(late("is being deleted"))
                            : Optional.empty();
                default -> Optional.empty();
            };
        }

        private Problem late(String what) {
            return new Problem(Turn.PLATFORM, Refusals.name(key) + " " + what + " yet.", "", true);
        }

        Outcome lastWords() throws Unreachable {
            Reply reply = last;
            if (reply == null || reply.missing()) {
                return Outcome.failed(
                        key,
                        new Problem(
                                Turn.AUTHOR, "The cluster serves no kind " + key.type() + " (yet).", "/kind", true));
            }
            return Outcome.failed(
                    key,
                    new Problem(
                            Turn.MERGEWAY,
                            Refusals.name(key) + " kept changing while it was applied: " + reply.message(),
                            "",
                            true));
        }
    }

    private static boolean established(Map<String, Object> definition) {
        return Look.maps(definition, "status", "conditions").stream()
                .anyMatch(condition -> Look.text(condition, "type").equals("Established")
                        && Look.text(condition, "status").equals("True"));
    }

    private static String version(Map<String, Object> object) {
        return Look.text(object, "metadata", "resourceVersion");
    }
}

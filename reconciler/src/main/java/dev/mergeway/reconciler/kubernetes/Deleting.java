package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Live;
import dev.mergeway.reconciler.resource.Look;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.resource.Outcome.Result;
import dev.mergeway.reconciler.resource.Ownership;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.resource.Problem.Turn;
import dev.mergeway.schema.model.ResourceKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Deletes what is ours and nothing else: read again, and held by its uid and version. */
final class Deleting {
    /** A status that is written all the time may get in between; so often in a row it does not. */
    private static final int TRIES = 20;

    /** How long to wait for what was waited for in vain before: others of its environment wait with it. */
    private static final Duration AGAIN = Duration.ofSeconds(2);

    /** What is forgotten is waited for at length once more, which does no harm. */
    private static final int MOST_STUCK = 1_000;

    private final Api api;
    private final Actors actors;
    private final Kinds kinds;
    private final Waits waits;
    private final Duration goneWithin;

    /** By uid, what did not go in time. */
    private final Set<String> stuck = ConcurrentHashMap.newKeySet();

    Deleting(Api api, Actors actors, Kinds kinds, Waits waits, Duration goneWithin) {
        this.api = api;
        this.actors = actors;
        this.kinds = kinds;
        this.waits = waits;
        this.goneWithin = goneWithin;
    }

    /** Deletes an object of ours that is still of that environment and repository. */
    Outcome delete(ResourceKey key, Kind kind, Ownership former) throws Unreachable {
        for (int tries = 0; tries < TRIES; tries++) {
            Reply reply = api.send(Call.readMetadata(kind.path(key.namespace(), key.name())), Patience.LONG);
            if (reply.notServed()) {
                Optional<Kind> other = kinds.instead(kind);
                return other.isPresent() ? delete(key, other.get(), former) : Outcome.done(key, Result.DELETED);
            }
            if (reply.missing()) {
                return Outcome.done(key, Result.DELETED);
            }
            if (!reply.ok()) {
                return Outcome.failed(key, refused(key, reply));
            }
            Map<String, Object> live = reply.body();
            Optional<Ownership> owner = new Live(key, live, "").owner();
            if (owner.isEmpty() || !owner.get().heldWith(former)) {
                return Outcome.failed(key, notOurs(key, former, owner));
            }
            if (Look.at(live, "metadata", "deletionTimestamp") != null) {
                return awaitGone(key, kind, live);
            }
            Reply answer = ask(actors.of(owner.get()), key, kind, live, "Background");
            if (answer.missing()
                    || answer.ok() && Look.text(answer.body(), "kind").equals("Status")) {
                return Outcome.done(key, Result.DELETED);
            }
            if (answer.ok()) {
                return awaitGone(key, kind, live);
            }
            if (answer.code() != 409) {
                return Outcome.failed(key, refused(key, answer));
            }
        }
        return Outcome.failed(
                key,
                new Problem(
                        Turn.MERGEWAY, Refusals.name(key) + " kept changing while it was to be deleted.", "", true));
    }

    /** Asks for deletion of exactly this state of the object. */
    Reply ask(Api as, ResourceKey key, Kind kind, Map<String, Object> live, String propagation) throws Unreachable {
        return as.send(Call.delete(kind.path(key.namespace(), key.name()), live, propagation), Patience.LONG);
    }

    /** Waits for an object that is being deleted, as long as makes sense. */
    Outcome awaitGone(ResourceKey key, Kind kind, Map<String, Object> live) throws Unreachable {
        String uid = Look.text(live, "metadata", "uid");
        Duration most = stuck.contains(uid) && goneWithin.compareTo(AGAIN) > 0 ? AGAIN : goneWithin;
        if (waits.gone(kind, key.namespace(), key.name(), uid, most)) {
            stuck.remove(uid);
            return Outcome.done(key, Result.DELETED);
        }
        if (stuck.size() >= MOST_STUCK) {
            stuck.clear();
        }
        stuck.add(uid);
        return Outcome.failed(key, stuck(key, kind));
    }

    private Problem stuck(ResourceKey key, Kind kind) throws Unreachable {
        Map<String, Object> live = api.send(Call.read(kind.path(key.namespace(), key.name())), Patience.SHORT)
                .body();
        List<String> finalizers = Stream.concat(
                        Look.list(live, "metadata", "finalizers").stream(),
                        Look.list(live, "spec", "finalizers").stream())
                .map(String::valueOf)
                .toList();
        List<String> contents = Look.maps(live, "status", "conditions").stream()
                .filter(condition -> Look.text(condition, "type").contains("Remaining"))
                .filter(condition -> Look.text(condition, "status").equals("True"))
                .map(condition -> Look.text(condition, "message"))
                .toList();
        String why = contents.isEmpty()
                ? "it waits for " + (finalizers.isEmpty() ? "its dependants" : "the finalizers " + finalizers)
                : String.join("; ", contents);
        return new Problem(
                Turn.PLATFORM,
                Refusals.name(key) + " is being deleted but does not go: " + why
                        + ". Look after whatever handles them; it goes by itself once they are done.",
                "/metadata/finalizers",
                true);
    }

    private static Problem notOurs(ResourceKey key, Ownership former, Optional<Ownership> owner) {
        String whose = owner.map(other -> "belongs to " + other.title() + " now")
                .orElse("does not carry Mergeway's labels (any more)");
        return new Problem(
                Turn.PLATFORM,
                Refusals.name(key) + " was not deleted for " + former.title() + ": it " + whose + ".",
                "/metadata/labels",
                false);
    }

    private static Problem refused(ResourceKey key, Reply reply) {
        if (Refusals.ofTeamsRights(reply)) {
            return Refusals.beyond(key, reply);
        }
        boolean rights = Refusals.ofRights(reply);
        String words = reply.message().isEmpty() ? "HTTP " + reply.code() : reply.message();
        return new Problem(
                Turn.PLATFORM,
                Refusals.name(key) + " cannot be deleted: " + words + (rights ? ". Grant Mergeway the right." : ""),
                "",
                reply.passing());
    }
}

package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.run.EnvironmentState;
import dev.mergeway.reconciler.run.EnvironmentState.Sync;
import dev.mergeway.reconciler.run.ResourceState;
import dev.mergeway.reconciler.run.RunKey;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.ResourceKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sees whether the live system is as it was applied, and how it is doing: only what a watch hinted at, what was not well
 * the last time, or everything when nobody has looked for long. What was changed by hand is put right, or only reported
 * where the environment says {@code drift: report}, and wherever that would destroy something or want an approval.
 */
final class DriftFlow {
    private final Room room;
    private final Hints hints;
    private final Calm calm;
    private final Map<String, Integer> patience = new ConcurrentHashMap<>();

    DriftFlow(Room room, Hints hints) {
        this.room = room;
        this.hints = hints;
        this.calm = new Calm(room.world().targets(), room.results()::isWell);
    }

    /** What was hinted at and could not be looked at is not told again: it is kept for the next look. */
    Ending check(String environment) throws RepositoryException, ForgeException {
        Hints.Taken taken = hints.take(environment);
        boolean looked = false;
        try {
            Ending ending = check(environment, taken);
            looked = !ending.retry();
            return ending;
        } finally {
            if (!looked) {
                hints.giveBack(environment, taken);
            }
        }
    }

    private Ending check(String environment, Hints.Taken taken) throws RepositoryException, ForgeException {
        Optional<EnvironmentState> known = room.memory().ledger().environment(environment);
        if (known.isEmpty()) {
            calm.forget(environment);
            return Ending.done("nothing has been applied yet");
        }
        boolean settled = isSettled(known.get());
        if (!settled && (taken.everything() || !taken.keys().isEmpty())) {
            room.memory().agenda().ask(new RunKey.Release(environment));
        }
        Map<ResourceKey, ResourceState> asked = states(environment, taken);
        if (known.get().revisions().isEmpty() || asked.isEmpty()) {
            room.receipts().health(environment, false);
            return Ending.done("nothing to look at");
        }
        boolean whole = taken.everything() && settled;
        AsApplied applied = AsApplied.to(known.get(), room.world(), room.library());
        Map<ResourceKey, ResourceState> states = whole ? calm.restless(environment, applied.basis(), asked) : asked;
        Draft draft = room.planning().draft(applied.question(room.library(), states.values()));
        if (moved(known.get())) {
            // A release by another replica: what it did is no hand edit.
            hints.all(environment);
            return Ending.lookAgain("a release came in between", Results.SOON);
        }
        Drifted drifted = Drifted.of(settled ? touched(draft, states) : List.of(), draft.plan());
        Drifted healable = drifted.healable();
        boolean heal = !healable.isEmpty() && !"report".equals(drift(draft, environment));
        Map<ResourceKey, Outcome> outcomes = heal ? heal(known.get(), draft, healable) : Map.of();
        if (whole && draft.unreachable().isEmpty()) {
            calm.looked(environment, applied.basis(), states.keySet(), draft.wanted());
        }
        return remember(known.get(), states, draft, drifted, outcomes);
    }

    /** What was as applied the last time, and is not any more. */
    private static List<Difference> touched(Draft draft, Map<ResourceKey, ResourceState> states) {
        return draft.differences().values().stream()
                .filter(difference -> difference.action() != Action.UNCHANGED && states.containsKey(difference.key()))
                .filter(difference -> wasSynced(states, difference.key()))
                .toList();
    }

    /**
     * Whether the last release went through. Where it did not, part of the environment is newer than the revision that is
     * known as applied, and going back to that would undo it: then the next release puts right what was changed by hand.
     */
    static boolean isSettled(EnvironmentState known) {
        return known.sync() == Sync.SYNCED || known.message().startsWith(Drifted.BY_HAND);
    }

    private boolean moved(EnvironmentState known) {
        return room.memory()
                .ledger()
                .environment(known.name())
                .filter(now -> now.revisions().equals(known.revisions()))
                .isEmpty();
    }

    /** A release that is under way or held is not drift: what has not been applied as told is the release's business. */
    private static boolean wasSynced(Map<ResourceKey, ResourceState> states, ResourceKey key) {
        ResourceState state = states.get(key);
        return state != null && (state.sync() == Sync.SYNCED || state.message().startsWith(Drifted.BY_HAND));
    }

    private static Object drift(Draft draft, String environment) {
        Environment declared = draft.environments().get(environment);
        Object drift = declared == null ? null : declared.spec().body().get("drift");
        return drift == null ? "heal" : drift;
    }

    private Map<ResourceKey, ResourceState> states(String environment, Hints.Taken taken) {
        Map<ResourceKey, ResourceState> states = new TreeMap<>();
        Ledger ledger = room.memory().ledger();
        if (taken.everything()) {
            each(ledger, new Ledger.Filter(environment, "", ""), states);
            return states;
        }
        for (ResourceKey key : taken.keys()) {
            ledger.resource(environment, key).ifPresent(state -> states.put(key, state));
        }
        // What was left as it is stays part of what is told, until it is as applied.
        Ledger.Filter apart = new Ledger.Filter(environment, "", Sync.OUT_OF_SYNC.label());
        Ledger.each(after -> ledger.resources(apart, after, 500), state -> {
            if (state.message().startsWith(Drifted.BY_HAND)) {
                states.put(state.key(), state);
            }
        });
        for (HealthState.Status status : Results.WORST_FIRST) {
            each(ledger, new Ledger.Filter(environment, "", status.label()), states);
        }
        return states;
    }

    private static void each(Ledger ledger, Ledger.Filter filter, Map<ResourceKey, ResourceState> states) {
        Ledger.each(after -> ledger.resources(filter, after, 500), state -> states.put(state.key(), state));
    }

    private Map<ResourceKey, Outcome> heal(EnvironmentState known, Draft draft, Drifted drifted)
            throws RepositoryException, ForgeException {
        String revision = known.revisions().getOrDefault(known.repository(), "");
        String run = room.runs().begin("drift", known.repository(), known.name(), null, revision);
        return room.runs().unlessBroken(run, () -> heal(run, draft, drifted));
    }

    private Map<ResourceKey, Outcome> heal(String run, Draft draft, Drifted drifted) {
        Set<ResourceKey> others = new HashSet<>();
        draft.plan().steps().stream()
                .filter(step -> step.action() != Action.UNCHANGED)
                .forEach(step -> others.add(step.resource()));
        drifted.differences().forEach(difference -> others.remove(difference.key()));
        Map<ResourceKey, Outcome> outcomes = room.applying().apply(draft, others, run);
        boolean failed = !drifted.differences().stream().allMatch(difference -> healed(outcomes.get(difference.key())));
        String message = (failed ? "could not put right: " : "put right: ") + drifted.words();
        room.runs().end(run, failed ? Ending.failed(message, true) : Ending.done(message));
        return outcomes;
    }

    private static boolean healed(@Nullable Outcome outcome) {
        return outcome != null
                && outcome.result() != Outcome.Result.FAILED
                && outcome.result() != Outcome.Result.SKIPPED;
    }

    private Ending remember(
            EnvironmentState known,
            Map<ResourceKey, ResourceState> states,
            Draft draft,
            Drifted drifted,
            Map<ResourceKey, Outcome> outcomes) {
        Map<ResourceKey, String> open = new HashMap<>();
        for (Difference difference : drifted.differences()) {
            if (!healed(outcomes.get(difference.key()))) {
                open.put(
                        difference.key(),
                        Drifted.BY_HAND + ": " + Drifted.fields(difference) + drifted.why(difference));
            }
        }
        List<ResourceState> changed = new ArrayList<>();
        boolean moving = false;
        Map<ResourceKey, HealthState> healths = room.results()
                .healths(draft.wanted().values().stream()
                        .filter(wanted -> states.containsKey(wanted.resource().key()))
                        // Whoever did not say how it differs does not say how it is either.
                        .filter(wanted -> draft.differences()
                                .containsKey(wanted.resource().key()))
                        .toList());
        for (ResourceState state : states.values()) {
            HealthState health = healths.getOrDefault(state.key(), state.health());
            moving |= health.status() == HealthState.Status.PROGRESSING;
            Sync sync = open.containsKey(state.key())
                    ? Sync.OUT_OF_SYNC
                    : wasSynced(states, state.key()) ? Sync.SYNCED : state.sync();
            String message = open.getOrDefault(state.key(), sync == Sync.SYNCED ? "" : state.message());
            ResourceState now = state.with(sync, health, message);
            if (!now.equals(state)) {
                changed.add(now);
            }
        }
        room.memory().ledger().save(known.name(), changed, List.of());
        environment(known, drifted, open);
        room.receipts().health(known.name(), !changed.isEmpty());
        room.left().look(known.name());
        if (!draft.unreachable().isEmpty()) {
            return Ending.failed(draft.unreachable().getFirst().message(), true);
        }
        String message = drifted.isEmpty() ? "as applied" : drifted.words();
        return moving ? Ending.lookAgain(message, later(known.name())) : ended(known.name(), message);
    }

    private Ending ended(String environment, String message) {
        patience.remove(environment);
        return Ending.done(message);
    }

    /** Watches tell what moves; this is for what they cannot see, such as a pod's events: sooner at first, then once a minute. */
    private Duration later(String environment) {
        int times = patience.merge(environment, 1, Integer::sum);
        return Results.SOON.multipliedBy(1L << Math.min(times - 1, 6));
    }

    private void environment(EnvironmentState known, Drifted drifted, Map<ResourceKey, String> open) {
        Sync sync = !open.isEmpty()
                ? Sync.OUT_OF_SYNC
                : known.message().startsWith(Drifted.BY_HAND) ? Sync.SYNCED : known.sync();
        String message = drifted.isEmpty()
                ? known.sync() == sync ? known.message() : ""
                : open.isEmpty()
                        ? "put right what was changed by hand: " + drifted.words()
                        : Drifted.BY_HAND + ": " + drifted.only(open).words()
                                + drifted.only(open).why();
        EnvironmentState now = known.with(sync, message).with(room.results().health(known.name()));
        if (!now.equals(known)) {
            room.memory().ledger().update(known, now);
        }
    }
}

package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.plan.PlanStep;
import dev.mergeway.reconciler.port.Journal;
import dev.mergeway.reconciler.port.Target;
import dev.mergeway.reconciler.port.TargetException;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.Observation;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.resource.Ownership;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.ResourceKey;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Carries a draft out: every step after those it depends on, otherwise side by side, deletions last; each intent is
 * written down before its effect. What fails is an outcome; what depends on it is skipped, and nothing else is.
 */
final class Applying {
    /** Effects in one target for each run that there may be: a run is mostly alone, and a large one is not to take all day. */
    private static final int EFFECTS = 2;

    /** Steps that are written down, before and after, while others have their effect: so many for each of those. */
    private static final int WRITTEN = 4;

    private final Map<String, Target> targets;
    private final Map<String, Places> places;
    private final Journal journal;

    /** @param concurrency how many runs there may be at once; with one, steps are taken one by one */
    Applying(Map<String, Target> targets, int concurrency, Journal journal) {
        this.targets = targets;
        this.places = new HashMap<>();
        targets.keySet().forEach(name -> places.put(name, Places.of(concurrency)));
        this.journal = journal;
    }

    /**
     * What bounds the steps under way in one target.
     *
     * @param open between the intent and the outcome
     * @param effects in the target itself
     */
    private record Places(Semaphore open, Semaphore effects) {
        /** One at a time stays one at a time. */
        static Places of(int concurrency) {
            int effects = concurrency == 1 ? 1 : EFFECTS * concurrency;
            return new Places(new Semaphore(effects == 1 ? 1 : WRITTEN * effects), new Semaphore(effects));
        }
    }

    /**
     * Carries out the steps that are not held.
     *
     * @param held resources to leave alone; what depends on them is skipped
     * @param run id of the run, for the journal
     * @return what became of every step, in the plan's order
     */
    Map<ResourceKey, Outcome> apply(Draft draft, Set<ResourceKey> held, String run) {
        Map<ResourceKey, CompletableFuture<Outcome>> effects = new LinkedHashMap<>();
        Map<ResourceKey, Future<Outcome>> written = new LinkedHashMap<>();
        draft.plan().steps().forEach(step -> effects.put(step.resource(), new CompletableFuture<>()));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            draft.plan().steps().forEach(step -> {
                Work work = new Work(draft, step, held.contains(step.resource()), run);
                written.put(step.resource(), threads.submit(() -> complete(work, effects)));
            });
        }
        Map<ResourceKey, Outcome> outcomes = new LinkedHashMap<>();
        written.forEach((key, future) -> outcomes.put(key, future.resultNow()));
        return outcomes;
    }

    private record Work(Draft draft, PlanStep step, boolean held, String run) {}

    /** What depends on a step begins once that has had its effect, not when its outcome is on disk too. */
    private Outcome complete(Work work, Map<ResourceKey, CompletableFuture<Outcome>> effects) {
        ResourceKey key = work.step().resource();
        CompletableFuture<Outcome> effect = Objects.requireNonNull(effects.get(key));
        Outcome outcome;
        try {
            outcome = outcome(work, effects, effect);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            outcome = Outcome.failed(key, ours("It was stopped before this was done; the next run does it."));
        } catch (ExecutionException | RuntimeException e) {
            org.slf4j.LoggerFactory.getLogger(Applying.class)
                    .error("run {}: {} failed unexpectedly", work.run(), key, e);
            outcome = Outcome.failed(key, ours("Mergeway failed at this: " + e + ". It tries again by itself."));
        }
        effect.complete(outcome);
        return outcome;
    }

    private static Problem ours(String message) {
        return new Problem(Problem.Turn.MERGEWAY, message, "", true);
    }

    private Outcome outcome(
            Work work, Map<ResourceKey, CompletableFuture<Outcome>> all, CompletableFuture<Outcome> effect)
            throws InterruptedException, ExecutionException {
        PlanStep step = work.step();
        ResourceKey key = step.resource();
        boolean free = true;
        for (ResourceKey before : predecessors(work, all)) {
            CompletableFuture<Outcome> other = all.get(before);
            free &= other == null || proceeds(other.get());
        }
        if (work.held() || !free) {
            return Outcome.done(key, Outcome.Result.SKIPPED);
        }
        if (step.action() == Action.UNCHANGED) {
            return Outcome.done(key, Outcome.Result.UNCHANGED);
        }
        Target target = targets.get(key.target());
        Places place = places.get(key.target());
        if (target == null || place == null) {
            return Outcome.failed(
                    key, new Problem(Problem.Turn.PLATFORM, "No target is called " + key.target() + ".", "", false));
        }
        place.open().acquire();
        try {
            Outcome outcome = intended(work, target, place.effects());
            effect.complete(outcome);
            journal.ended(work.run(), outcome);
            return outcome;
        } finally {
            place.open().release();
        }
    }

    /** A deletion comes after everything that is made; anything else after what it depends on. */
    private static Iterable<ResourceKey> predecessors(Work work, Map<ResourceKey, CompletableFuture<Outcome>> all) {
        if (work.step().action() != Action.DELETE) {
            return work.step().dependsOn();
        }
        List<ResourceKey> made = work.draft().plan().steps().stream()
                .filter(other -> other.action() != Action.DELETE)
                .map(PlanStep::resource)
                .toList();
        List<ResourceKey> before = new java.util.ArrayList<>(work.step().dependsOn());
        before.addAll(made);
        before.retainAll(all.keySet());
        return before;
    }

    private static boolean proceeds(Outcome outcome) {
        return outcome.result() != Outcome.Result.FAILED && outcome.result() != Outcome.Result.SKIPPED;
    }

    private Outcome intended(Work work, Target target, Semaphore effects) throws InterruptedException {
        ResourceKey key = work.step().resource();
        try {
            Optional<Problem> waits = waits(work);
            if (waits.isPresent()) {
                return Outcome.failed(key, waits.get());
            }
            journal.intend(work.run(), work.step().action(), key);
            return effect(work, target, effects);
        } catch (TargetException e) {
            return Outcome.failed(key, e.problem());
        }
    }

    private Outcome effect(Work work, Target target, Semaphore effects) throws TargetException, InterruptedException {
        effects.acquire();
        try {
            return work.step().action() == Action.DELETE ? delete(work, target) : apply(work, target);
        } finally {
            effects.release();
        }
    }

    private static Outcome delete(Work work, Target target) throws TargetException {
        ResourceKey key = work.step().resource();
        Ownership owner = work.draft().leaving().get(key);
        if (owner == null) {
            throw new IllegalStateException("the plan deletes what is nobody's: " + key);
        }
        return target.delete(key, owner);
    }

    private Outcome apply(Work work, Target target) throws TargetException {
        ResourceKey key = work.step().resource();
        Wanted wanted = work.draft().wanted().get(key);
        Difference difference = work.draft().differences().get(key);
        if (wanted == null || difference == null) {
            throw new IllegalStateException("the plan has a step that nobody wants: " + key);
        }
        Desired desired = new Comparing(targets).desired(wanted, RandomText::of);
        if (!desired.unknown().isEmpty()) {
            return Outcome.failed(
                    key,
                    ours("It waits for " + String.join(", ", desired.unknown().values())
                            + ", which is not there yet. It tries again by itself."));
        }
        return target.apply(desired, difference);
    }

    /** Whether something that it depends on has been applied and is not ready yet, as its blueprint means ready. */
    private Optional<Problem> waits(Work work) throws TargetException {
        for (ResourceKey before : work.step().dependsOn()) {
            Wanted wanted = work.draft().wanted().get(before);
            Target target = targets.get(before.target());
            if (wanted == null || target == null || wanted.resource().ready().isEmpty()) {
                continue;
            }
            Optional<Observation> seen = target.observe(before);
            for (ConcreteResource.ReadyCheck check : wanted.resource().ready()) {
                if (seen.isEmpty() || !check.test().test(seen.get().live().body())) {
                    return Optional.of(ours("It waits until " + before.kind() + " " + before.name() + " is ready ("
                            + check.text() + ")."));
                }
            }
        }
        return Optional.empty();
    }
}

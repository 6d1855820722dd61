package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.flow.ReleaseFlow.Release;
import dev.mergeway.reconciler.plan.PlanStep;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.run.EnvironmentState;
import dev.mergeway.reconciler.run.EnvironmentState.Sync;
import dev.mergeway.reconciler.run.ResourceState;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.ResourceKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a release came to, and what is remembered of it. */
final class Results {
    /** How soon to look at what is on its way to being healthy. */
    static final Duration SOON = Duration.ofSeconds(1);

    private final Memory memory;
    private final Healths healths;

    Results(World world, Memory memory) {
        this.memory = memory;
        this.healths = new Healths(world.targets());
    }

    /** How the release ended. */
    Ending ending(Release release) {
        if (!release.draft().unreachable().isEmpty()) {
            return Ending.failed(release.draft().unreachable().getFirst().message(), true);
        }
        List<Problem> problems = release.outcomes().values().stream()
                .filter(outcome -> outcome.result() == Outcome.Result.FAILED)
                .map(Outcome::problem)
                .filter(java.util.Objects::nonNull)
                .toList();
        if (!problems.isEmpty()) {
            boolean passing = problems.stream().anyMatch(Problem::passing);
            String more = problems.size() > 1 ? " (and " + (problems.size() - 1) + " more)" : "";
            return Ending.failed(problems.getFirst().message() + more, passing);
        }
        if (!release.holds().isEmpty()) {
            Map.Entry<ResourceKey, String> first =
                    release.holds().reasons().entrySet().iterator().next();
            return Ending.held(
                    "held: " + first.getKey().kind() + " " + first.getKey().name() + ", since " + first.getValue());
        }
        Optional<Finding> error = release.draft().plan().findings().stream()
                .filter(Finding::isError)
                .findFirst();
        if (error.isPresent()) {
            return Ending.failed(
                    error.get().file() + ":" + error.get().position().line() + ": "
                            + error.get().message(),
                    false);
        }
        return Ending.done(Summaries.done(release.outcomes().values()));
    }

    /** Remembers how the resources are now. */
    void resources(Release release) {
        List<ResourceState> states = new ArrayList<>();
        List<ResourceKey> gone = new ArrayList<>(release.draft().lost());
        Map<ResourceKey, HealthState> health = healths(release);
        for (PlanStep step : release.draft().plan().steps()) {
            Outcome outcome = release.outcomes().get(step.resource());
            if (step.action() == Action.DELETE && outcome != null && outcome.result() == Outcome.Result.DELETED) {
                gone.add(step.resource());
                healths.forget(step.resource());
            } else if (outcome != null) {
                states.add(state(release, step, outcome, health));
            }
        }
        memory.ledger().save(release.environment(), states, gone);
    }

    /**
     * Remembers how the environment is now. The applied revision moves only when all went well, so that whatever is missing
     * is part of the next plan.
     */
    void environment(Release release, Ending ending) {
        Environment declared = release.draft().environments().get(release.environment());
        boolean gone = ending.state() == dev.mergeway.reconciler.run.RunState.SUCCEEDED
                || memory.ledger().count(release.environment()) == 0;
        if (declared == null && gone) {
            memory.ledger().forget(release.environment());
            return;
        }
        memory.ledger().save(state(release, ending, Optional.ofNullable(declared)));
    }

    /** Remembers that a release broke off before it came to anything, so that it is seen, and tried again by a later look. */
    void broken(String environment, String message) {
        memory.ledger()
                .save(memory.ledger()
                        .environment(environment)
                        .map(before -> before.with(Sync.OUT_OF_SYNC, message))
                        .orElseGet(() -> EnvironmentState.unknown(environment, Sync.OUT_OF_SYNC, message)));
    }

    private EnvironmentState state(Release release, Ending ending, Optional<Environment> declared) {
        Optional<EnvironmentState> before = memory.ledger().environment(release.environment());
        boolean complete = ending.state() == dev.mergeway.reconciler.run.RunState.SUCCEEDED;
        Map<String, String> revisions =
                new TreeMap<>(before.map(EnvironmentState::revisions).orElse(Map.of()));
        if (complete) {
            revisions.putAll(release.situation().revisions());
        }
        Sync sync = switch (ending.state()) {
            case SUCCEEDED -> Sync.SYNCED;
            case HELD -> Sync.HELD;
            case FAILED, CANCELLED, QUEUED, RUNNING -> Sync.OUT_OF_SYNC;
        };
        return new EnvironmentState(
                release.environment(),
                declared.map(environment -> environment.spec().metadata().team())
                        .or(() -> before.map(EnvironmentState::team))
                        .orElse(""),
                declared.map(environment -> environment.tier().label())
                        .or(() -> before.map(EnvironmentState::tier))
                        .orElse(""),
                release.situation().question().heading().repository(),
                sync,
                health(release.environment()),
                revisions,
                before.map(EnvironmentState::expires).orElse(null),
                complete ? "" : ending.message(),
                release.run());
    }

    /** The worst health of an environment's resources. */
    HealthState.Status health(String environment) {
        for (HealthState.Status status : WORST_FIRST) {
            var filter = new dev.mergeway.reconciler.port.Ledger.Filter(environment, "", status.label());
            if (!memory.ledger().resources(filter, "", 1).items().isEmpty()) {
                return status;
            }
        }
        return HealthState.Status.HEALTHY;
    }

    static final List<HealthState.Status> WORST_FIRST = List.of(
            HealthState.Status.DEGRADED,
            HealthState.Status.MISSING,
            HealthState.Status.PROGRESSING,
            HealthState.Status.SUSPENDED,
            HealthState.Status.UNKNOWN);

    private Map<ResourceKey, HealthState> healths(Release release) {
        return healths(release.outcomes().keySet().stream()
                .flatMap(key -> Optional.ofNullable(release.draft().wanted().get(key)).stream())
                .toList());
    }

    private static ResourceState state(
            Release release, PlanStep step, Outcome outcome, Map<ResourceKey, HealthState> health) {
        Wanted wanted = release.draft().wanted().get(step.resource());
        Problem problem = outcome.problem();
        String message =
                problem != null ? problem.message() : release.holds().reasons().getOrDefault(step.resource(), "");
        Sync sync = switch (outcome.result()) {
            case CREATED, UPDATED, REPLACED, DELETED, UNCHANGED -> Sync.SYNCED;
            case SKIPPED -> release.holds().reasons().containsKey(step.resource()) ? Sync.HELD : Sync.OUT_OF_SYNC;
            case FAILED -> Sync.OUT_OF_SYNC;
        };
        String repository = wanted == null
                ? release.situation().question().heading().repository()
                : wanted.owner().repository();
        return new ResourceState(
                release.environment(),
                step.resource(),
                sync,
                health.getOrDefault(step.resource(), new HealthState(HealthState.Status.UNKNOWN, "")),
                message,
                repository,
                step.file(),
                step.line());
    }

    /** How resources are doing now. */
    Map<ResourceKey, HealthState> healths(Collection<Wanted> wanted) {
        return healths.of(wanted);
    }

    /** Whether it was well, and has not moved since. */
    boolean isWell(ResourceKey key) {
        return healths.isWell(key);
    }
}

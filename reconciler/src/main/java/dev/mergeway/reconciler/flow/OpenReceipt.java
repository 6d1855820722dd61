package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.flow.ReleaseFlow.Release;
import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.plan.PlanHash;
import dev.mergeway.reconciler.plan.PlanStep;
import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.report.Applied;
import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.reconciler.run.RunState;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.ResourceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A receipt in the making, of all environments that a pull request touches.
 *
 * @param info the repository
 * @param pull the pull request
 * @param commit the merge commit
 * @param began when the first release of it did
 * @param parts by environment; changed and gone through only by whoever has the lock
 * @param unsaid whether a forge that did not take what it says may take it later
 * @param lock of this receipt alone: a forge that hangs holds up no other
 */
record OpenReceipt(
        RepositoryInfo info,
        PullRequest pull,
        String commit,
        Instant began,
        Map<String, Part> parts,
        AtomicBoolean unsaid,
        ReentrantLock lock) {
    /** What one environment adds. */
    record Part(Release release, Ending ending) {}

    /** One without any part. */
    static OpenReceipt of(RepositoryInfo info, PullRequest pull, String commit, Instant began) {
        Map<String, Part> parts = Collections.synchronizedMap(new LinkedHashMap<>());
        return new OpenReceipt(info, pull, commit, began, parts, new AtomicBoolean(), new ReentrantLock());
    }

    /** The same for the same pull request. */
    String key() {
        return info.name() + "/" + pull.number();
    }

    /** Whether the very same was tried before: then the status says how that went, and still does. */
    boolean tried(Release release) {
        Part before = parts.get(release.environment());
        return before != null
                && before.release().holds().equals(release.holds())
                && before.release()
                        .draft()
                        .plan()
                        .hash()
                        .equals(release.draft().plan().hash());
    }

    /** A part that waits for somebody. */
    Optional<Release> held() {
        return parts.values().stream()
                .map(Part::release)
                .filter(release -> !release.holds().isEmpty())
                .findFirst();
    }

    /** How a part ended that failed before its steps: a target could not be asked, or took none of it, or a spec is wrong. */
    Optional<Ending> incomplete() {
        return parts.values().stream()
                .map(Part::ending)
                .filter(ending -> ending.state() == RunState.FAILED)
                .findFirst();
    }

    /**
     * All parts as one release.
     *
     * @param ledger knows how the resources are
     */
    Applied applied(Ledger ledger, Instant now) {
        List<PlanStep> steps = new ArrayList<>();
        Set<Finding> mistakes = new LinkedHashSet<>();
        List<Outcome> outcomes = new ArrayList<>();
        Map<ResourceKey, HealthState> health = new LinkedHashMap<>();
        Set<String> environments = new TreeSet<>();
        for (Part part : parts.values()) {
            Release release = part.release();
            steps.addAll(release.draft().plan().steps());
            release.draft().plan().findings().stream().filter(Finding::isError).forEach(mistakes::add);
            outcomes.addAll(release.outcomes().values());
            environments.add(release.environment());
            release.outcomes()
                    .forEach((key, outcome) -> ledger.resource(release.environment(), key)
                            .ifPresent(state -> health.put(key, state.health())));
        }
        List<String> sorted = List.copyOf(environments);
        String hash = PlanHash.of(sorted, steps);
        Plan plan = new Plan(info.name(), pull.number(), "", commit, "", sorted, List.copyOf(mistakes), steps, hash);
        boolean ended = health.values().stream().noneMatch(state -> state.status() == HealthState.Status.PROGRESSING);
        return new Applied(plan, outcomes, health, commit, Duration.between(began, now), ended);
    }
}

package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.flow.ReleaseFlow.Release;
import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.plan.PlanHash;
import dev.mergeway.reconciler.plan.PlanStep;
import dev.mergeway.reconciler.port.Forge;
import dev.mergeway.reconciler.port.Forge.CommitStatus;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.report.Applied;
import dev.mergeway.reconciler.report.Facts;
import dev.mergeway.reconciler.report.PlanComment;
import dev.mergeway.reconciler.report.PlanReading;
import dev.mergeway.reconciler.report.Receipt;
import dev.mergeway.reconciler.report.Setting;
import dev.mergeway.reconciler.report.StatusLine;
import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.run.PullState;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.reconciler.run.RunState;
import dev.mergeway.schema.model.ResourceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the comment of a merged pull request into its receipt, over all environments that it touches, and keeps the
 * receipt true while what was applied gets healthy.
 */
final class Receipts {
    private static final Logger LOG = LoggerFactory.getLogger(Receipts.class);
    static final String APPLY = "mergeway/apply";

    /** Receipts that may still change; older ones stay as they are. */
    private static final int KEPT = 200;

    private final World world;
    private final Memory memory;
    private final Saying saying;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Open> open = new LinkedHashMap<>();

    Receipts(World world, Memory memory, Saying saying) {
        this.world = world;
        this.memory = memory;
        this.saying = saying;
    }

    /** A receipt in the making. */
    private record Open(RepositoryInfo info, PullRequest pull, String commit, Instant began, Map<String, Part> parts) {}

    /** What one environment adds. */
    private record Part(Release release, boolean over) {}

    /** What a plan deletes or replaces and was shown in the pull requests that came in. */
    Predicate<PlanStep> shown(List<Merged> merged, Plan plan) throws ForgeException {
        Set<ResourceKey> keys = new HashSet<>();
        boolean all = false;
        for (Merged each : merged) {
            for (PullRequest pull : each.inOrder()) {
                Optional<PullState> known = memory.ledger()
                        .pull(each.repository().name(), pull.number())
                        .filter(state -> state.head().equals(pull.head())
                                && !state.plan().isEmpty());
                if (known.isPresent()) {
                    keys.addAll(PlanReading.destroyed(known.get().plan()));
                } else {
                    all |= said(each.repository(), pull)
                            .filter(facts -> facts.head().equals(pull.head()))
                            .filter(facts -> facts.destroyed().equals(PlanHash.ofDestroyed(plan.steps())))
                            .isPresent();
                }
            }
        }
        boolean everything = all;
        return step -> everything || keys.contains(step.resource());
    }

    private Optional<Facts> said(RepositoryInfo info, PullRequest pull) throws ForgeException {
        return world.forge(info)
                .said(info.path(), pull.number(), PlanComment.MARKER)
                .flatMap(PlanComment::facts);
    }

    /** A release begins: from now on its time is counted. */
    void applying(List<Merged> merged, String environment) throws ForgeException {
        for (Merged each : merged) {
            for (Map.Entry<String, PullRequest> entry : each.pulls().entrySet()) {
                lock.lock();
                try {
                    opened(each.repository(), entry.getValue(), entry.getKey());
                } finally {
                    lock.unlock();
                }
                String page = saying.page(each.repository(), entry.getValue().number());
                status(
                        each.repository(),
                        entry.getKey(),
                        CommitStatus.State.PENDING,
                        "Applying to " + environment,
                        page);
            }
        }
    }

    /** A release ended, as far as applying goes. */
    void write(Release release, Ending ending) throws ForgeException {
        lock.lock();
        try {
            for (Merged merged : release.situation().merged()) {
                for (Map.Entry<String, PullRequest> entry : merged.pulls().entrySet()) {
                    Open receipt = opened(merged.repository(), entry.getValue(), entry.getKey());
                    receipt.parts().put(release.environment(), new Part(release, ending.state() != RunState.SUCCEEDED));
                    say(receipt);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private Open opened(RepositoryInfo info, PullRequest pull, String commit) {
        String key = info.name() + "/" + pull.number();
        if (open.size() >= KEPT && !open.containsKey(key)) {
            open.remove(open.keySet().iterator().next());
        }
        return open.computeIfAbsent(
                key, any -> new Open(info, pull, commit, memory.clock().now(), new LinkedHashMap<>()));
    }

    /** The health of an environment moved: receipts that it is part of say so. */
    void health(String environment) {
        lock.lock();
        try {
            for (Open receipt : List.copyOf(open.values())) {
                if (receipt.parts().containsKey(environment)) {
                    say(receipt);
                }
            }
        } catch (ForgeException e) {
            LOG.warn("a receipt was not brought up to date, which is done when health moves again: {}", e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    private void say(Open receipt) throws ForgeException {
        Forge forge = world.forge(receipt.info());
        Setting setting = new Setting(saying.page(receipt.info(), receipt.pull().number()), null, null);
        Optional<Release> held = receipt.parts().values().stream()
                .map(Part::release)
                .filter(release -> !release.holds().isEmpty())
                .findFirst();
        String comment;
        if (held.isPresent()) {
            Release release = held.get();
            comment = PlanComment.held(
                    release.draft().plan(), release.judgement(), Saying.held(release), setting, forge.commentLimit());
            remember(receipt, comment, release.draft().plan().hash());
            String line = StatusLine.held(release.judgement(), release.draft().plan());
            status(receipt.info(), receipt.commit(), CommitStatus.State.FAILURE, line, setting.page());
        } else {
            Applied applied = applied(receipt);
            comment = Receipt.markdown(applied, setting, forge.commentLimit());
            remember(receipt, comment, "");
            status(receipt.info(), receipt.commit(), light(applied), StatusLine.of(applied), setting.page());
            if (applied.ended() && !applied.failed()) {
                open.remove(receipt.info().name() + "/" + receipt.pull().number());
            }
        }
        forge.say(receipt.info().path(), receipt.pull().number(), PlanComment.MARKER, comment);
    }

    private static CommitStatus.State light(Applied applied) {
        if (applied.failed()) {
            return CommitStatus.State.FAILURE;
        }
        return applied.ended() ? light(applied.worst()) : CommitStatus.State.PENDING;
    }

    static CommitStatus.State light(HealthState.Status worst) {
        return switch (worst) {
            case HEALTHY, SUSPENDED -> CommitStatus.State.SUCCESS;
            case PROGRESSING, MISSING, DEGRADED, UNKNOWN -> CommitStatus.State.FAILURE;
        };
    }

    /** Remembers what is said; an approval in reply is one of the plan that was said last. */
    private void remember(Open receipt, String comment, String hash) {
        memory.ledger()
                .pull(receipt.info().name(), receipt.pull().number())
                .map(state -> hash.isEmpty() ? state : Pulls.withHash(state, hash))
                .ifPresent(state -> memory.ledger().save(Pulls.withState(Pulls.withComment(state, comment), "merged")));
    }

    /** All parts as one release. */
    private Applied applied(Open receipt) {
        List<PlanStep> steps = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>();
        Map<ResourceKey, HealthState> health = new LinkedHashMap<>();
        Set<String> environments = new HashSet<>();
        for (Part part : receipt.parts().values()) {
            Release release = part.release();
            steps.addAll(release.draft().plan().steps());
            outcomes.addAll(release.outcomes().values());
            environments.add(release.environment());
            release.outcomes()
                    .forEach((key, outcome) -> memory.ledger()
                            .resource(release.environment(), key)
                            .ifPresent(state -> health.put(key, state.health())));
        }
        List<String> sorted = environments.stream().sorted().toList();
        Plan plan = new Plan(
                receipt.info().name(),
                receipt.pull().number(),
                "",
                receipt.commit(),
                "",
                sorted,
                List.of(),
                steps,
                PlanHash.of(sorted, steps));
        Duration took = Duration.between(receipt.began(), memory.clock().now());
        boolean ended = health.values().stream().noneMatch(state -> state.status() == HealthState.Status.PROGRESSING);
        return new Applied(plan, outcomes, health, receipt.commit(), took, ended);
    }

    private void status(RepositoryInfo info, String commit, CommitStatus.State state, String line, String page)
            throws ForgeException {
        world.forge(info).status(info.path(), commit, new CommitStatus(APPLY, state, line, page));
    }
}

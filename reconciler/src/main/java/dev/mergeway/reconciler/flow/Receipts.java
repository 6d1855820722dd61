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
import dev.mergeway.reconciler.report.PlanComment;
import dev.mergeway.reconciler.report.Receipt;
import dev.mergeway.reconciler.report.Setting;
import dev.mergeway.reconciler.report.StatusLine;
import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.reconciler.run.RunState;
import dev.mergeway.schema.model.ResourceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
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
    private final Statuses statuses;
    /** Of the map alone; nobody who has it talks to a forge. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, Open> open = new LinkedHashMap<>();

    Receipts(World world, Memory memory, Saying saying, Statuses statuses) {
        this.world = world;
        this.memory = memory;
        this.saying = saying;
        this.statuses = statuses;
    }

    /**
     * A receipt in the making.
     *
     * @param parts by environment; changed and gone through only by whoever has the lock
     * @param unsaid whether a forge that did not take what it says may take it later
     * @param lock of this receipt alone: a forge that hangs holds up no other
     */
    private record Open(
            RepositoryInfo info,
            PullRequest pull,
            String commit,
            Instant began,
            Map<String, Part> parts,
            AtomicBoolean unsaid,
            ReentrantLock lock) {
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
    }

    /** What one environment adds. */
    private record Part(Release release, Ending ending) {}

    /**
     * A release begins: from now on its time is counted. Commits say that it is pending where something will be done. What a
     * forge does not take of that stops nobody.
     */
    void applying(Release release) {
        boolean acts = release.holds().letThrough(release.draft().plan());
        for (Merged each : release.situation().merged()) {
            for (Map.Entry<String, PullRequest> entry : each.pulls().entrySet()) {
                if (!opened(each.repository(), entry.getValue(), entry.getKey()).tried(release) && acts) {
                    pending(each.repository(), entry.getValue(), entry.getKey(), release.environment());
                }
            }
        }
    }

    private void pending(RepositoryInfo info, PullRequest pull, String commit, String environment) {
        String page = saying.page(info, pull.number());
        try {
            status(info, commit, CommitStatus.State.PENDING, "Applying to " + environment, page);
        } catch (ForgeException e) {
            LOG.warn("release of {}: it goes on, though {} was not set: {}", environment, APPLY, e.getMessage());
        }
    }

    /** A release ended, as far as applying goes. One receipt that a forge does not take keeps none of the others back. */
    void write(Release release, Ending ending) throws ForgeException {
        List<ForgeException> failures = new ArrayList<>();
        for (Merged merged : release.situation().merged()) {
            for (Map.Entry<String, PullRequest> entry : merged.pulls().entrySet()) {
                Open receipt = opened(merged.repository(), entry.getValue(), entry.getKey());
                receipt.lock().lock();
                try {
                    receipt.parts().put(release.environment(), new Part(release, ending));
                    say(receipt);
                } catch (ForgeException e) {
                    failures.add(e);
                } finally {
                    receipt.lock().unlock();
                }
            }
        }
        Optional<ForgeException> worth = failures.stream()
                .filter(ForgeException::passing)
                .findFirst()
                .or(() -> failures.stream().findFirst());
        if (worth.isPresent()) {
            throw worth.get();
        }
    }

    private Open opened(RepositoryInfo info, PullRequest pull, String commit) {
        Open fresh = new Open(
                info,
                pull,
                commit,
                memory.clock().now(),
                Collections.synchronizedMap(new LinkedHashMap<>()),
                new AtomicBoolean(),
                new ReentrantLock());
        lock.lock();
        try {
            if (open.size() >= KEPT && !open.containsKey(fresh.key())) {
                open.remove(open.keySet().iterator().next());
            }
            return open.computeIfAbsent(fresh.key(), any -> fresh);
        } finally {
            lock.unlock();
        }
    }

    /** The health of an environment was looked at: receipts that it is part of say so where it moved, or was not said yet. */
    void health(String environment, boolean moved) {
        for (Open receipt : all()) {
            if (receipt.parts().containsKey(environment)
                    && (moved || receipt.unsaid().get())) {
                try {
                    say(receipt);
                } catch (ForgeException e) {
                    LOG.warn(
                            "the receipt of {} was not brought up to date{}: {}",
                            receipt.key(),
                            e.passing() ? ", which is tried again" : "",
                            e.getMessage());
                }
            }
        }
    }

    private List<Open> all() {
        lock.lock();
        try {
            return List.copyOf(open.values());
        } finally {
            lock.unlock();
        }
    }

    /** It stays to be brought up to date, though another environment of it was well and it was taken off; or it does not. */
    private void keep(Open receipt, boolean changes) {
        lock.lock();
        try {
            if (changes) {
                open.putIfAbsent(receipt.key(), receipt);
            } else {
                open.remove(receipt.key(), receipt);
            }
        } finally {
            lock.unlock();
        }
    }

    private void say(Open receipt) throws ForgeException {
        receipt.lock().lock();
        try {
            keep(receipt, tell(receipt));
            receipt.unsaid().set(false);
        } catch (ForgeException e) {
            receipt.unsaid().set(e.passing());
            keep(receipt, true);
            throw e;
        } finally {
            receipt.lock().unlock();
        }
    }

    /** Gives whether it may change. */
    private boolean tell(Open receipt) throws ForgeException {
        Forge forge = world.forge(receipt.info());
        Setting setting = new Setting(saying.page(receipt.info(), receipt.pull().number()), null, null);
        Optional<Release> held = receipt.parts().values().stream()
                .map(Part::release)
                .filter(release -> !release.holds().isEmpty())
                .findFirst();
        String comment;
        boolean changes = true;
        if (held.isPresent()) {
            Release release = held.get();
            comment = PlanComment.held(
                    release.draft().plan(), release.judgement(), Saying.held(release), setting, forge.commentLimit());
            remember(receipt, comment, release.draft().plan().hash());
            String line = StatusLine.held(release.judgement(), release.draft().plan());
            status(receipt.info(), receipt.commit(), CommitStatus.State.FAILURE, line, setting.page());
        } else {
            Applied applied = applied(receipt);
            Optional<Ending> incomplete = applied.failed() ? Optional.empty() : incomplete(receipt);
            CommitStatus.State light = incomplete.map(Receipts::light).orElseGet(() -> light(applied));
            String line = incomplete.map(Receipts::line).orElseGet(() -> StatusLine.of(applied));
            status(receipt.info(), receipt.commit(), light, line, setting.page());
            if (incomplete.isPresent() && applied.outcomes().isEmpty()) {
                return true;
            }
            comment = Receipt.markdown(applied, setting, forge.commentLimit());
            remember(receipt, comment, "");
            // What is not well may get well yet: pods that cannot be made this moment are tried again by the cluster.
            changes = incomplete.isPresent() || light != CommitStatus.State.SUCCESS;
        }
        forge.say(receipt.info().path(), receipt.pull().number(), PlanComment.MARKER, comment);
        return changes;
    }

    /** How a part ended that failed before its steps: a target could not be asked, or took none of it, or a spec is wrong. */
    private static Optional<Ending> incomplete(Open receipt) {
        return receipt.parts().values().stream()
                .map(Part::ending)
                .filter(ending -> ending.state() == RunState.FAILED)
                .findFirst();
    }

    private static CommitStatus.State light(Ending incomplete) {
        return incomplete.retry() ? CommitStatus.State.PENDING : CommitStatus.State.FAILURE;
    }

    private static String line(Ending incomplete) {
        String heading = incomplete.retry() ? "Tried again by itself: " : "Not all of it could be applied: ";
        return StatusLine.cut(heading + incomplete.message());
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
        statuses.offer(info, commit, new CommitStatus(APPLY, state, line, page));
    }
}

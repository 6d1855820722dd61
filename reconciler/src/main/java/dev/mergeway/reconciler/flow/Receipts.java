package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.flow.ReleaseFlow.Release;
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
import dev.mergeway.reconciler.run.RepositoryInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the comment of a merged pull request into its receipt, over all environments that it touches, and keeps the
 * receipt true while what was applied gets healthy.
 */
final class Receipts {
    private static final Logger LOG = LoggerFactory.getLogger(Receipts.class);
    static final String APPLY = "mergeway/apply";

    private final World world;
    private final Memory memory;
    private final Saying saying;
    private final Statuses statuses;
    private final OpenReceipts open = new OpenReceipts();

    Receipts(World world, Memory memory, Saying saying, Statuses statuses) {
        this.world = world;
        this.memory = memory;
        this.saying = saying;
        this.statuses = statuses;
    }

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
                OpenReceipt receipt = opened(merged.repository(), entry.getValue(), entry.getKey());
                receipt.lock().lock();
                try {
                    receipt.parts().put(release.environment(), new OpenReceipt.Part(release, ending));
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

    private OpenReceipt opened(RepositoryInfo info, PullRequest pull, String commit) {
        return open.of(info, pull, commit, memory.clock().now());
    }

    /** The health of an environment was looked at: receipts that it is part of say so where it moved, or was not said yet. */
    void health(String environment, boolean moved) {
        for (OpenReceipt receipt : open.all()) {
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

    private void say(OpenReceipt receipt) throws ForgeException {
        receipt.lock().lock();
        try {
            open.keep(receipt, tell(receipt));
            receipt.unsaid().set(false);
        } catch (ForgeException e) {
            receipt.unsaid().set(e.passing());
            open.keep(receipt, true);
            throw e;
        } finally {
            receipt.lock().unlock();
        }
    }

    /** Gives whether it may change. */
    private boolean tell(OpenReceipt receipt) throws ForgeException {
        Forge forge = world.forge(receipt.info());
        Setting setting = new Setting(
                saying.page(receipt.info(), receipt.pull().number()),
                null,
                null,
                forge.commanding(receipt.pull()).orElse(""));
        Optional<Release> held = receipt.held();
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
            Applied applied = receipt.applied(memory.ledger(), memory.clock().now());
            Optional<Ending> incomplete = applied.failed() ? Optional.empty() : receipt.incomplete();
            CommitStatus.State light = incomplete.map(Receipts::light).orElseGet(() -> light(applied));
            String line = incomplete.map(Receipts::line).orElseGet(() -> StatusLine.of(applied));
            status(receipt.info(), receipt.commit(), light, line, setting.page());
            if (incomplete.filter(Ending::retry).isPresent()
                    && applied.outcomes().isEmpty()) {
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
    private void remember(OpenReceipt receipt, String comment, String hash) {
        memory.ledger()
                .pull(receipt.info().name(), receipt.pull().number())
                .map(state -> hash.isEmpty() ? state : state.withHash(hash))
                .ifPresent(
                        state -> memory.ledger().save(state.withComment(comment).withState("merged")));
    }

    private void status(RepositoryInfo info, String commit, CommitStatus.State state, String line, String page)
            throws ForgeException {
        statuses.offer(info, commit, new CommitStatus(APPLY, state, line, page));
    }
}

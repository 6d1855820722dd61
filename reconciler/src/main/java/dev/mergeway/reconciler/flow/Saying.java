package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.flow.ReleaseFlow.Release;
import dev.mergeway.reconciler.plan.PlanStep;
import dev.mergeway.reconciler.policy.Judgement;
import dev.mergeway.reconciler.port.Forge;
import dev.mergeway.reconciler.port.Forge.CommitStatus;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.Remark;
import dev.mergeway.reconciler.port.Repository;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.report.Notes;
import dev.mergeway.reconciler.report.PlanComment;
import dev.mergeway.reconciler.report.PlanJson;
import dev.mergeway.reconciler.report.Setting;
import dev.mergeway.reconciler.report.StatusLine;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.run.Order;
import dev.mergeway.reconciler.run.PullState;
import dev.mergeway.reconciler.run.RepositoryInfo;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says on a pull request what merging it would do. The result is kept first, then the status set, then the comment
 * written, so that a forge that fails in between leaves nothing pending for ever.
 */
final class Saying {
    private static final Logger LOG = LoggerFactory.getLogger(Saying.class);
    static final String PLAN = "mergeway/plan";

    /** Between a plan or a receipt and what is said beside it in the same comment. */
    private static final String BESIDE = "\n<!-- mergeway:beside -->\n";

    private final World world;
    private final Memory memory;
    private final Statuses statuses;
    private final String pages;
    private final Pending pending = new Pending();

    Saying(World world, Memory memory, Statuses statuses, String pages) {
        this.world = world;
        this.memory = memory;
        this.statuses = statuses;
        this.pages = pages;
    }

    /** That a plan is being made; unless the head has one already, which is only made again. */
    void pending(RepositoryInfo info, PullRequest pull) throws ForgeException {
        if (planned(info, pull).isEmpty()) {
            pending(info, pull, StatusLine.planning());
        }
    }

    private void pending(RepositoryInfo info, PullRequest pull, String line) throws ForgeException {
        pending(Pending.Subject.pull(info, pull.number()), pull.head(), page(info, pull.number()), line);
    }

    /** Says that it is pending, where that is not said. */
    private void pending(Pending.Subject subject, String commit, String page, String line) throws ForgeException {
        if (pending.begin(
                subject, new Pending.Status(commit, page, line), memory.clock().now())) {
            try {
                offer(subject.info(), commit, page, CommitStatus.State.PENDING, line);
            } catch (ForgeException e) {
                pending.end(subject);
                throw e;
            }
        }
    }

    /** That what a queue is about to merge is being planned. */
    void queued(RepositoryInfo info, int number, String commit) throws ForgeException {
        pending(new Pending.Subject(info, commit), commit, page(info, number), StatusLine.planning());
    }

    /** What merging a queue's commit would do; on the commit alone. */
    void queued(RepositoryInfo info, int number, String commit, Draft draft, Judgement judgement)
            throws ForgeException {
        set(info, commit, page(info, number), light(judgement), StatusLine.of(draft.plan(), judgement));
        pending.end(new Pending.Subject(info, commit));
    }

    /** Whether we said something of a queue's commit already, if only that it is being planned. */
    boolean isQueued(RepositoryInfo info, String commit) {
        return statuses.isSet(info, commit, PLAN);
    }

    /** That nobody waits for the plan of a pull request any more. */
    void over(RepositoryInfo info, int number) {
        pending.end(Pending.Subject.pull(info, number));
    }

    /** Says of what is pending for too long that it is, so that nobody waits for it in silence. It is tried on. */
    void sweep() {
        for (Map.Entry<Pending.Subject, Pending.Status> each :
                pending.over(memory.clock().now())) {
            RepositoryInfo info = each.getKey().info();
            Pending.Status status = each.getValue();
            String line = StatusLine.cut("No plan after " + Pending.DEADLINE.toMinutes()
                    + " minutes; it is tried again by itself, /mergeway retry tries now");
            try {
                set(info, status.commit(), status.page(), CommitStatus.State.ERROR, line);
            } catch (ForgeException e) {
                LOG.warn("{} of {} stays pending: {}", PLAN, status.commit(), e.getMessage());
            }
        }
    }

    /** That a pull request comes from a fork, and who can have it planned. */
    void fork(RepositoryInfo info, PullRequest pull) throws ForgeException {
        String comment = Notes.fork();
        save(info, state(info, pull, "blocked", "", comment, ""));
        status(info, pull, CommitStatus.State.FAILURE, "From a fork: planned once a member comments /mergeway plan");
        forge(info).say(info.path(), pull.number(), PlanComment.MARKER, comment);
    }

    /** That it cannot be merged as it is, so that there is nothing to plan. */
    void conflict(RepositoryInfo info, PullRequest pull, List<String> paths) throws ForgeException {
        String files = String.join(", ", paths.stream().limit(5).toList());
        String line = "Conflicts with " + info.branch() + " in " + files;
        String comment = Notes.conflict(info.branch(), paths);
        save(info, state(info, pull, "blocked", "", comment, ""));
        status(info, pull, CommitStatus.State.FAILURE, StatusLine.cut(line));
        forge(info).say(info.path(), pull.number(), PlanComment.MARKER, comment);
    }

    /** That a pull request which was planned is onto another branch now, so that merging it does nothing here. */
    void elsewhere(RepositoryInfo info, PullRequest pull) throws ForgeException {
        Optional<PullState> known = memory.ledger()
                .pull(info.name(), pull.number())
                .filter(state -> state.state().equals("open"));
        if (known.isPresent()) {
            String comment = Notes.elsewhere(info.branch(), pull.base());
            save(info, state(info, pull, "", "", comment, "").withState("closed"));
            String line = StatusLine.cut("Nothing to plan: it is onto " + pull.base() + ", not " + info.branch());
            status(info, pull, CommitStatus.State.SUCCESS, line);
            forge(info).say(info.path(), pull.number(), PlanComment.MARKER, comment);
        }
    }

    /** The plan. */
    void plan(RepositoryInfo info, PullRequest pull, Draft draft, Judgement judgement, List<Remark> remarks)
            throws ForgeException {
        Forge forge = forge(info);
        Setting setting = new Setting(
                page(info, pull.number()),
                price(draft),
                reverted(info, pull),
                forge.commanding(pull).orElse(""));
        String comment = PlanComment.plan(draft.plan(), judgement, setting, forge.commentLimit());
        String json = PlanJson.write(draft.plan(), judgement.verdict());
        PullState state =
                state(info, pull, judgement.verdict().label(), draft.plan().hash(), comment, json);
        save(info, state);
        status(info, pull, light(judgement), StatusLine.of(draft.plan(), judgement));
        forge.say(info.path(), pull.number(), PlanComment.MARKER, comment);
        forge.annotate(info.path(), pull, remarks);
    }

    /** That a target cannot be asked, so that there is no plan yet; a plan of the same head that is shown stays. */
    void unreachable(RepositoryInfo info, PullRequest pull, Problem problem) throws ForgeException {
        Optional<PullState> shown = planned(info, pull);
        String comment = Notes.unreachable(problem);
        // Without a verdict while the status says that there is none.
        save(
                info,
                shown.map(state -> state(info, pull, "", state.hash(), state.comment(), state.plan()))
                        .orElseGet(() -> state(info, pull, "", "", comment, "")));
        pending(info, pull, StatusLine.cut("Tried again by itself: " + problem.message()));
        if (shown.isEmpty()) {
            forge(info).say(info.path(), pull.number(), PlanComment.MARKER, comment);
        }
    }

    /** What was said of the plan of its head. */
    private Optional<PullState> planned(RepositoryInfo info, PullRequest pull) {
        return memory.ledger()
                .pull(info.name(), pull.number())
                .filter(state ->
                        state.head().equals(pull.head()) && !state.hash().isEmpty());
    }

    private static @Nullable Double price(Draft draft) {
        return draft.monthlyUsd() == 0 ? null : draft.monthlyUsd();
    }

    private PullState state(
            RepositoryInfo info, PullRequest pull, String verdict, String hash, String comment, String plan) {
        return new PullState(
                info.name(),
                pull.number(),
                pull.title(),
                pull.branch(),
                pull.head(),
                pull.author(),
                pull.state().name().toLowerCase(Locale.ROOT),
                pull.url(),
                verdict,
                hash,
                comment,
                plan);
    }

    /** What a pull request takes back: its head commit says so. */
    private Setting.@Nullable Reverted reverted(RepositoryInfo info, PullRequest pull) throws ForgeException {
        try {
            Repository repository = world.repository(info);
            Optional<String> reverts = repository.commit(pull.head()).reverts();
            if (reverts.isEmpty()) {
                return null;
            }
            Repository.Commit reverted = repository.commit(reverts.get());
            int number = forge(info).pullsOf(info.path(), reverted.id()).stream()
                    .mapToInt(PullRequest::number)
                    .findFirst()
                    .orElse(0);
            return new Setting.Reverted(number, reverted.id(), reverted.subject());
        } catch (RepositoryException e) {
            // It names a commit that is not here: then it is not known what it takes back.
            return null;
        }
    }

    /** What there is to say in a comment. */
    void help(RepositoryInfo info, int number) throws ForgeException {
        beside(info, number, Notes.HELP, Notes.help());
    }

    /** That an order counts for nothing, and how to give one that does. */
    void again(RepositoryInfo info, int number, Order order) throws ForgeException {
        boolean edited = order.covers().equals(Order.EDITED);
        String note = edited ? Notes.edited(order.verb().word(), order.author()) : Notes.again(order.author());
        beside(info, number, Notes.AGAIN, note);
    }

    /**
     * Says something in a comment of its own. Where nobody can write comments nobody reads a second one either: there it
     * is below what is said already, until that is said anew.
     */
    private void beside(RepositoryInfo info, int number, String marker, String note) throws ForgeException {
        Forge forge = forge(info);
        forge.say(info.path(), number, marker, note);
        Optional<PullState> state = memory.ledger()
                .pull(info.name(), number)
                .filter(known -> !known.comment().isEmpty());
        // Asked last: it costs a request.
        if (state.isPresent()
                && forge.pull(info.path(), number).flatMap(forge::commanding).isPresent()) {
            String said = state.get().comment();
            int before = said.indexOf(BESIDE);
            String comment = (before < 0 ? said : said.substring(0, before)) + BESIDE + note.replace(marker, "");
            memory.ledger().save(state.get().withComment(comment));
            forge.say(info.path(), number, PlanComment.MARKER, comment);
        }
    }

    private void status(RepositoryInfo info, PullRequest pull, CommitStatus.State state, String line)
            throws ForgeException {
        offer(info, pull.head(), page(info, pull.number()), state, line);
        over(info, pull.number());
    }

    private void offer(RepositoryInfo info, String commit, String page, CommitStatus.State state, String line)
            throws ForgeException {
        statuses.offer(info, commit, new CommitStatus(PLAN, state, line, page));
    }

    private void set(RepositoryInfo info, String commit, String page, CommitStatus.State state, String line)
            throws ForgeException {
        statuses.set(info, commit, new CommitStatus(PLAN, state, line, page));
    }

    /** Where another verdict was said last than we are about to say, another replica may have set another status, too. */
    private void save(RepositoryInfo info, PullState state) {
        boolean same = memory.ledger()
                .pull(info.name(), state.number())
                .filter(last -> last.head().equals(state.head())
                        && last.verdict().equals(state.verdict())
                        && last.hash().equals(state.hash()))
                .isPresent();
        if (!same) {
            statuses.forget(info, state.head(), PLAN);
        }
        memory.ledger().save(state);
    }

    /** Somebody asks for a plan: then its status is set again, whatever we believe that stands. */
    void asked(RepositoryInfo info, int number) {
        memory.ledger().pull(info.name(), number).ifPresent(state -> statuses.forget(info, state.head(), PLAN));
    }

    private static CommitStatus.State light(Judgement judgement) {
        return switch (judgement.verdict()) {
            case READY -> CommitStatus.State.SUCCESS;
            case BLOCKED, INVALID -> CommitStatus.State.FAILURE;
        };
    }

    private Forge forge(RepositoryInfo info) {
        return world.forge(info);
    }

    String page(RepositoryInfo info, int number) {
        return pages + "/pulls/" + info.name() + "/" + number;
    }

    /** Steps that a release holds, as its comment names them. */
    static List<PlanStep> held(Release release) {
        return release.draft().plan().steps().stream()
                .filter(step -> release.holds().reasons().containsKey(step.resource()))
                .toList();
    }
}

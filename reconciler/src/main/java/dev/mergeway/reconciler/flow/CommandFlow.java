package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.Forge;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.report.Facts;
import dev.mergeway.reconciler.report.PlanComment;
import dev.mergeway.reconciler.run.Order;
import dev.mergeway.reconciler.run.PullState;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.reconciler.run.RunKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Carries out what was ordered in a comment: asks the forge who may say so, acts, and answers with a reaction; the run that
 * follows edits the comment. Everything here may be done again, since a forge may go away before it took the answer.
 */
final class CommandFlow {
    /** Later than this nobody waits for an answer any more. */
    static final Duration PATIENCE = Duration.ofDays(1);

    private static final Duration TURN = Duration.ofSeconds(3);

    private final Room room;
    private final PullNews news;
    private final Authors authors;
    private final Rollback rollback;
    private final int places;
    private final Map<String, Semaphore> busy = new ConcurrentHashMap<>();

    /** @param concurrency runs at once; a forge that hangs may hold a quarter of them here */
    CommandFlow(Room room, PullNews news, int concurrency) {
        this.room = room;
        this.news = news;
        this.authors = new Authors(room.world(), room.memory());
        this.rollback = new Rollback(room.world(), authors);
        this.places = Math.max(1, concurrency / 4);
    }

    /** Answers, or says when to try again. */
    Ending answer(RepositoryInfo info, int number, Order order) throws ForgeException {
        String what = "'/mergeway " + order.verb().word() + "' on " + info.name() + " #" + number;
        Instant now = room.memory().clock().now();
        if (order.at().plus(PATIENCE).isBefore(now)) {
            return Ending.failed(
                    what + " by " + order.author() + " could not be answered within a day and is given up", false);
        }
        Semaphore place = busy.computeIfAbsent(info.forge(), any -> new Semaphore(places));
        if (!place.tryAcquire()) {
            return Ending.lookAgain(what + " waits for its turn", TURN);
        }
        try {
            Forge forge = room.world().forge(info);
            Answers answers = new Answers(room.memory().ledger());
            RunKey.Command command = new RunKey.Command(info.name(), number, order);
            boolean done = answers.to(command).contains(Forge.Reaction.DONE);
            Forge.Reaction reaction = done ? Forge.Reaction.DONE : reaction(forge, info, number, order);
            forge.react(info.path(), number, order.comment(), reaction);
            answers.remember(command, reaction);
            return Ending.done(what + " was answered");
        } catch (ForgeException e) {
            if (e.passing() && e.retryAfter().isPresent()) {
                return Ending.lookAgain(
                        what + " waits: " + e.getMessage(), e.retryAfter().get());
            }
            throw e;
        } finally {
            place.release();
        }
    }

    private Forge.Reaction reaction(Forge forge, RepositoryInfo info, int number, Order order) throws ForgeException {
        boolean writer = forge.permission(info.path(), order.author()).compareTo(Forge.Permission.WRITE) >= 0;
        return writer ? act(info, number, order) : Forge.Reaction.REFUSED;
    }

    private Forge.Reaction act(RepositoryInfo info, int number, Order order) throws ForgeException {
        return switch (order.verb()) {
            case PLAN -> plan(info, number, order);
            case RETRY -> {
                room.memory().agenda().ask(new RunKey.Look(info.name()));
                news.unfinished();
                yield plan(info, number, order);
            }
            case APPROVE -> approve(info, number, order);
            case ROLLBACK -> rollBack(info, number, order);
            case HELP -> {
                room.saying().help(info, number);
                yield Forge.Reaction.DONE;
            }
            case UNKNOWN -> {
                room.saying().help(info, number);
                yield Forge.Reaction.CONFUSED;
            }
        };
    }

    private Forge.Reaction plan(RepositoryInfo info, int number, Order order) throws ForgeException {
        boolean agreed = room.forks().asked(info, number, order);
        room.saying().asked(info, number);
        room.memory().agenda().ask(new RunKey.Review(info.name(), number));
        return agreed ? Forge.Reaction.DONE : Forge.Reaction.CONFUSED;
    }

    /** Who orders it is its author, so it must be known who did. */
    private Forge.Reaction rollBack(RepositoryInfo info, int number, Order order) throws ForgeException {
        if (order.covers().equals(Order.EDITED)) {
            room.saying().again(info, number, order);
            return Forge.Reaction.CONFUSED;
        }
        return rollback.open(info, number, order.author()) ? Forge.Reaction.DONE : Forge.Reaction.CONFUSED;
    }

    /** One that is done again, since its answer was lost, is done as before, though its review edited the comment. */
    private boolean isApproved(RepositoryInfo info, int number, Order order) {
        return room.memory()
                .ledger()
                .approvals(info.name(), number, order.covers())
                .contains(order.author());
    }

    /** A delivery may come late, and a forge that was away still shows what the database has replaced. */
    private boolean wasShown(RepositoryInfo info, int number, Order order) throws ForgeException {
        Instant written = order.written();
        Optional<String> shown = written == null
                ? Optional.empty()
                : room.world().forge(info).shown(info.path(), number, PlanComment.MARKER, written);
        return shown.isEmpty()
                || PlanComment.facts(shown.get())
                        .map(Facts::hash)
                        .filter(order.covers()::equals)
                        .isPresent();
    }

    /** An approval covers the plan that was shown when it was given, and nobody approves their own pull request. */
    private Forge.Reaction approve(RepositoryInfo info, int number, Order order) throws ForgeException {
        Optional<PullState> pull = room.memory().ledger().pull(info.name(), number);
        if (pull.isEmpty() || pull.get().hash().isEmpty()) {
            return Forge.Reaction.CONFUSED;
        }
        boolean covers = pull.get().hash().equals(order.covers())
                && (isApproved(info, number, order) || wasShown(info, number, order));
        if (!covers) {
            room.saying().again(info, number, order);
            return Forge.Reaction.CONFUSED;
        }
        if (authors.of(info, pull.get()).contains(order.author())) {
            return Forge.Reaction.REFUSED;
        }
        room.memory().ledger().approve(info.name(), number, order.covers(), order.author());
        news.reviewed(info, number);
        return Forge.Reaction.DONE;
    }
}

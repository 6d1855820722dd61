package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.run.Order;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.reconciler.run.RunKey;
import java.util.Optional;

/** The one door to the flows: a run key in, how the run ended out. */
public final class Flows {
    private final Room room;
    private final LookFlow look;
    private final ReviewFlow review;
    private final QueueFlow queue;
    private final ReleaseFlow release;
    private final DriftFlow drift;
    private final ExpiryFlow expiry;
    private final CommandFlow command;
    private final Turns turns = new Turns();

    /**
     * Flows over a world.
     *
     * @param library the repositories as read
     * @param pages where people read more, without a slash at the end
     * @param hints what watches saw move
     * @param concurrency changes at once in one target
     */
    public Flows(World world, Memory memory, Library library, String pages, Hints hints, int concurrency) {
        this.room = Room.of(world, memory, library, pages, concurrency);
        this.look = new LookFlow(room, hints.announcements());
        this.review = new ReviewFlow(room, hints.announcements());
        this.queue = new QueueFlow(room);
        this.release = new ReleaseFlow(room);
        this.drift = new DriftFlow(room, hints);
        this.expiry = new ExpiryFlow(room);
        this.command = new CommandFlow(room, new PullNews(memory, hints.announcements()), concurrency);
    }

    /** Does what the key asks for. Never throws for what is wrong outside: that is how it ended. */
    public Ending run(RunKey key) {
        try {
            return switch (key) {
                case RunKey.Look(String repository) -> look(repository);
                case RunKey.Review(String repository, int number) -> {
                    Optional<RepositoryInfo> info = room.world().info(repository);
                    yield info.isPresent() ? review.review(info.get(), number) : unknown(repository);
                }
                case RunKey.Queued(String repository, int number, String commit) -> {
                    Optional<RepositoryInfo> info = room.world().info(repository);
                    yield info.isPresent() ? queue.check(info.get(), number, commit) : unknown(repository);
                }
                case RunKey.Command(String repository, int number, Order order) -> {
                    Optional<RepositoryInfo> info = room.world().info(repository);
                    yield info.isPresent() ? command.answer(info.get(), number, order) : unknown(repository);
                }
                case RunKey.Release(String environment) -> turns.take(environment, () -> released(environment));
                case RunKey.Drift(String environment) -> turns.take(environment, () -> drift.check(environment));
                case RunKey.Expiry(String environment) -> turns.take(environment, () -> expiry.check(environment));
            };
        } catch (RepositoryException e) {
            return Ending.failed(String.valueOf(e.getMessage()), e.passing());
        } catch (ForgeException e) {
            return Ending.failed(String.valueOf(e.getMessage()), e.passing());
        }
    }

    /** Says of statuses that are pending for too long that they are; to be called now and then. */
    public void sweep() {
        room.saying().sweep();
    }

    private Ending released(String environment) throws RepositoryException, ForgeException {
        Ending ending = release.release(environment);
        if (!ending.message().equals(ReleaseFlow.NOTHING_NEW)) {
            reviewAgain(environment);
        }
        room.memory().agenda().ask(new RunKey.Drift(environment), Results.SOON);
        room.memory().agenda().ask(new RunKey.Expiry(environment));
        return ending;
    }

    /** What did not fit the live system may fit now, such as a change that needs the namespace which was just made. */
    private void reviewAgain(String environment) {
        String named = '"' + environment + '"';
        Ledger.each(after -> room.memory().ledger().pulls(after, 500), pull -> {
            if (pull.verdict().equals("invalid") && pull.plan().contains(named)) {
                room.memory().agenda().ask(new RunKey.Review(pull.repository(), pull.number()));
            }
        });
    }

    private Ending look(String repository) throws RepositoryException, ForgeException {
        Optional<RepositoryInfo> info = room.world().info(repository);
        if (info.isEmpty()) {
            return unknown(repository);
        }
        look.look(info.get());
        return Ending.done("looked");
    }

    private static Ending unknown(String repository) {
        return new Ending(
                dev.mergeway.reconciler.run.RunState.CANCELLED, "no repository is called " + repository, false, null);
    }
}

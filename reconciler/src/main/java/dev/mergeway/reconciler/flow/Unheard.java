package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.Forge;
import dev.mergeway.reconciler.port.Forge.Reaction;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.reconciler.report.PlanComment;
import dev.mergeway.reconciler.run.PullState;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.reconciler.run.RunKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what was said on a pull request and told to nobody, since there is no webhook or its delivery was lost: a review that
 * approves what is blocked, and a command. Only where somebody is waited for: a pull request that is blocked, or was merged
 * and is held. Of those a few at each look, in turn, and not at every look that a webhook asks for.
 */
final class Unheard {
    private static final Logger LOG = LoggerFactory.getLogger(Unheard.class);

    /** Each costs two or three requests, and a look comes every few minutes. */
    private static final int MOST = 20;

    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final World world;
    private final Memory memory;
    private final CommentCommands commands;
    private final Map<String, Turn> turns = new ConcurrentHashMap<>();

    /** When it was listened to last in a repository, and up to which number. */
    private record Turn(Instant at, int last) {}

    Unheard(World world, Memory memory) {
        this.world = world;
        this.memory = memory;
        this.commands = new CommentCommands(memory);
    }

    /** Asks for the runs of what is found. A forge that does not tell stops nothing else. */
    void listen(RepositoryInfo info) throws ForgeException {
        Instant now = memory.clock().now();
        Turn before = turns.getOrDefault(info.name(), new Turn(Instant.MIN, 0));
        if (before.at().isAfter(now.minus(PAUSE))) {
            return;
        }
        List<Integer> next = next(info, before.last());
        turns.put(info.name(), new Turn(now, next.isEmpty() ? 0 : next.getLast()));
        for (int number : next) {
            listen(info, number);
        }
    }

    private void listen(RepositoryInfo info, int number) throws ForgeException {
        try {
            reviewed(info, number);
            commanded(info, number);
        } catch (ForgeException e) {
            if (e.passing()) {
                throw e;
            }
            LOG.warn("what was said in {}#{} is only heard by webhook: {}", info.name(), number, e.getMessage());
        }
    }

    /** A few of those that are waited for at, after the last one, and from the beginning again. */
    private List<Integer> next(RepositoryInfo info, int last) {
        Ledger ledger = memory.ledger();
        List<Integer> next = new ArrayList<>(ledger.awaited(info.name(), last, MOST));
        if (next.size() < MOST && last > 0) {
            ledger.awaited(info.name(), 0, MOST - next.size()).stream()
                    .filter(number -> number <= last)
                    .forEach(next::add);
        }
        return next;
    }

    /** A review of what is held is asked for by its release, which is made again at every look around. */
    private void reviewed(RepositoryInfo info, int number) throws ForgeException {
        Optional<PullState> open = memory.ledger()
                .pull(info.name(), number)
                .filter(pull -> pull.state().equals("open") && !pull.hash().isEmpty());
        if (open.isEmpty()) {
            return;
        }
        PullState pull = open.get();
        boolean news = false;
        for (Forge.Approval approval : world.forge(info).approvals(info.path(), number, pull.head())) {
            news |= !approval.user().equals(pull.author()) && isNew(pull, approval);
        }
        if (news) {
            memory.agenda().ask(new RunKey.Review(info.name(), number));
        }
    }

    /** Whether no plan was judged by it yet, as far as that is known. */
    private boolean isNew(PullState pull, Forge.Approval approval) {
        Ledger ledger = memory.ledger();
        String id = approval.id().isEmpty() ? pull.head() : approval.id();
        String found = "found:" + id;
        if (!approval.id().isEmpty()
                && !ledger.approvals(pull.repository(), pull.number(), "review:" + id)
                        .isEmpty()) {
            return false;
        }
        boolean fresh =
                !ledger.approvals(pull.repository(), pull.number(), found).contains(approval.user());
        if (fresh) {
            ledger.approve(pull.repository(), pull.number(), found, approval.user());
        }
        return fresh;
    }

    private void commanded(RepositoryInfo info, int number) throws ForgeException {
        Forge forge = world.forge(info);
        Answers answers = new Answers(memory.ledger());
        for (Forge.Comment reply : forge.replies(info.path(), number, PlanComment.MARKER)) {
            Optional<RunKey.Command> command = commands.found(info, number, reply);
            if (command.isEmpty() || !answers.to(command.get()).isEmpty()) {
                continue;
            }
            if (forge.answered(info.path(), number, reply.id())) {
                answers.remember(command.get(), Reaction.SEEN); // by a service that forgot it
            } else {
                memory.agenda().ask(command.get());
            }
        }
    }
}

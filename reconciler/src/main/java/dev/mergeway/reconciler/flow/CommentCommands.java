package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.Forge;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.reconciler.run.EnvironmentState;
import dev.mergeway.reconciler.run.PullState;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.reconciler.run.RunKey;
import dev.mergeway.webhooks.event.RepoEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /mergeway …} in comments. Who may say what follows the forge's permissions; the answer is a reaction and the
 * comment edited by the run that follows. Anything else in a comment is nobody's business here.
 */
public final class CommentCommands {
    private static final Logger LOG = LoggerFactory.getLogger(CommentCommands.class);
    private static final Pattern COMMAND = Pattern.compile("(?m)^\\s*/mergeway(?:[ \\t]+([a-z]+))?[ \\t]*\\r?$");

    /** A command is nowhere but in its event: a forge that is away for a moment must not lose it. */
    private static final int TRIES = 5;

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final World world;
    private final Memory memory;
    private final Saying saying;
    private final Rollback rollback;
    private final Forks forks;
    private final Waiting waiting;

    /** How to let time pass; tests let none pass. */
    @FunctionalInterface
    interface Waiting {
        void await(Duration duration) throws InterruptedException;
    }

    /** Commands over a world. */
    public CommentCommands(World world, Memory memory, String pages) {
        this(world, memory, pages, Thread::sleep);
    }

    /** Commands that wait so for a forge that is away. */
    CommentCommands(World world, Memory memory, String pages, Waiting waiting) {
        this.waiting = waiting;
        this.world = world;
        this.memory = memory;
        this.saying = new Saying(world, memory, pages);
        this.rollback = new Rollback(world);
        this.forks = new Forks(world, memory);
    }

    /** Answers a comment that holds a command. */
    public void answer(RepositoryInfo info, RepoEvent.Commented comment) {
        Matcher matcher = COMMAND.matcher(comment.body());
        if (!matcher.find()) {
            return;
        }
        String verb = matcher.group(1) == null ? "help" : matcher.group(1);
        for (int attempt = 1; ; attempt++) {
            try {
                answer(info, comment, verb);
                return;
            } catch (ForgeException e) {
                if (!e.passing() || attempt == TRIES || !waited(e.retryAfter().orElse(PAUSE.multipliedBy(attempt)))) {
                    LOG.warn(
                            "'/mergeway {}' on {} #{} was not answered: {}",
                            verb,
                            info.name(),
                            comment.number(),
                            e.getMessage());
                    return;
                }
            }
        }
    }

    /** False where we are shutting down. */
    private boolean waited(Duration pause) {
        try {
            waiting.await(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void answer(RepositoryInfo info, RepoEvent.Commented comment, String verb) throws ForgeException {
        Forge forge = world.forge(info);
        boolean writer = forge.permission(info.path(), comment.author()).compareTo(Forge.Permission.WRITE) >= 0;
        Forge.Reaction reaction = writer ? act(info, comment, verb) : Forge.Reaction.REFUSED;
        forge.react(info.path(), comment.number(), comment.comment(), reaction);
    }

    private Forge.Reaction act(RepositoryInfo info, RepoEvent.Commented comment, String verb) throws ForgeException {
        int number = comment.number();
        return switch (verb) {
            case "plan" -> {
                forks.asked(info, number, comment.author());
                memory.agenda().ask(new RunKey.Review(info.name(), number));
                yield Forge.Reaction.DONE;
            }
            case "retry" -> {
                forks.asked(info, number, comment.author());
                memory.agenda().ask(new RunKey.Look(info.name()));
                memory.agenda().ask(new RunKey.Review(info.name(), number));
                releases();
                yield Forge.Reaction.DONE;
            }
            case "approve" -> approve(info, number, comment.author());
            case "rollback" -> rollback.open(info, number) ? Forge.Reaction.DONE : Forge.Reaction.CONFUSED;
            default -> {
                saying.help(info, number);
                yield verb.equals("help") ? Forge.Reaction.DONE : Forge.Reaction.CONFUSED;
            }
        };
    }

    /** An approval covers the plan that is shown now, and nobody approves their own pull request. */
    private Forge.Reaction approve(RepositoryInfo info, int number, String user) {
        Optional<PullState> pull = memory.ledger().pull(info.name(), number);
        if (pull.isEmpty() || pull.get().hash().isEmpty()) {
            return Forge.Reaction.CONFUSED;
        }
        if (pull.get().author().equals(user)) {
            return Forge.Reaction.REFUSED;
        }
        memory.ledger().approve(info.name(), number, pull.get().hash(), user);
        reviewed(info, number);
        return Forge.Reaction.DONE;
    }

    /** Somebody reviewed: judge the plan again, and go on with what was held. */
    public void reviewed(RepositoryInfo info, int number) {
        memory.agenda().ask(new RunKey.Review(info.name(), number));
        releases();
    }

    private void releases() {
        Ledger.each(after -> memory.ledger().environments(after, 500), state -> {
            if (state.sync() != EnvironmentState.Sync.SYNCED) {
                memory.agenda().ask(new RunKey.Release(state.name()));
            }
        });
    }
}

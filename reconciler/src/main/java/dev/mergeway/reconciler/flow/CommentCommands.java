package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.run.Order;
import dev.mergeway.reconciler.run.PullState;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.reconciler.run.RunKey;
import dev.mergeway.webhooks.event.RepoEvent;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code /mergeway …} in comments. A command is nowhere but in its event, so it becomes a run that is kept with the
 * delivery and carried out by {@link CommandFlow}. Anything else in a comment is nobody's business here.
 */
public final class CommentCommands {
    /** No blank is looked at twice, since anybody may write a comment of nothing else. */
    private static final Pattern COMMAND = Pattern.compile("(?m)^[ \\t]*+/mergeway(?:[ \\t]+([a-z]+))?[ \\t]*\\r?$");

    private final Memory memory;

    /** Commands as they are heard now. */
    public CommentCommands(Memory memory) {
        this.memory = memory;
    }

    /** The run that a comment orders; empty where it holds no command. The forge is not asked. */
    public Optional<RunKey.Command> heard(RepositoryInfo info, RepoEvent.Commented comment) {
        Matcher matcher = COMMAND.matcher(comment.body());
        if (!matcher.find()) {
            return Optional.empty();
        }
        Order.Verb verb = Order.Verb.of(matcher.group(1) == null ? "help" : matcher.group(1));
        Order order =
                new Order(verb, comment.comment(), memory.clock().now(), covers(info, comment, verb), comment.author());
        return Optional.of(new RunKey.Command(info.name(), comment.number(), order));
    }

    private String covers(RepositoryInfo info, RepoEvent.Commented comment, Order.Verb verb) {
        Optional<PullState> pull = memory.ledger().pull(info.name(), comment.number());
        return switch (verb) {
            case APPROVE -> pull.map(PullState::hash).orElse("");
            case PLAN, RETRY -> pull.map(PullState::head).orElse("");
            case ROLLBACK, HELP, UNKNOWN -> "";
        };
    }
}

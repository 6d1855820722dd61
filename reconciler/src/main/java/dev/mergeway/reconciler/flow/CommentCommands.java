package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.Forge;
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

    /** Neither a hash nor a head. */
    private static final String NOTHING = "-";

    private final Memory memory;

    /** Commands as they are heard now. */
    public CommentCommands(Memory memory) {
        this.memory = memory;
    }

    /** The run that a comment orders; empty where it holds no command. The forge is not asked. */
    public Optional<RunKey.Command> heard(RepositoryInfo info, RepoEvent.Commented comment) {
        Optional<PullState> pull = memory.ledger().pull(info.name(), comment.number());
        return verb(comment.body())
                .map(verb -> new Order(
                        verb,
                        comment.comment(),
                        memory.clock().now(),
                        comment.written(),
                        covers(pull, verb),
                        comment.author()))
                .map(order -> new RunKey.Command(info.name(), comment.number(), order));
    }

    /**
     * The run that a comment orders which was found by looking. What its author saw is known only where our comment still
     * reads as it did then; an order that covers something covers nothing otherwise, and likewise where it was edited since.
     * The forge tells who wrote it, and others may have edited it.
     */
    Optional<RunKey.Command> found(RepositoryInfo info, int number, Forge.Comment reply) {
        Optional<PullState> pull = memory.ledger()
                .pull(info.name(), number)
                .filter(state ->
                        !state.comment().isEmpty() && plain(state.comment()).equals(plain(reply.shown())));
        return verb(reply.body())
                .map(verb -> new Order(
                        verb,
                        reply.id(),
                        memory.clock().now(),
                        reply.edited() ? Order.EDITED : pull.isPresent() ? covers(pull, verb) : NOTHING,
                        reply.author()))
                .map(order -> new RunKey.Command(info.name(), number, order));
    }

    private static String plain(String text) {
        return text.replace("\r\n", "\n").stripTrailing();
    }

    private static Optional<Order.Verb> verb(String body) {
        Matcher matcher = COMMAND.matcher(body);
        return matcher.find()
                ? Optional.of(Order.Verb.of(matcher.group(1) == null ? "help" : matcher.group(1)))
                : Optional.empty();
    }

    private static String covers(Optional<PullState> pull, Order.Verb verb) {
        return switch (verb) {
            case APPROVE -> pull.map(PullState::hash).orElse("");
            case PLAN, RETRY -> pull.map(PullState::head).orElse("");
            case ROLLBACK, HELP, UNKNOWN -> "";
        };
    }
}

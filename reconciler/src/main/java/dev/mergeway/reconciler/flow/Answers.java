package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.Forge.Reaction;
import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.reconciler.run.RunKey;
import java.util.Set;
import java.util.stream.Collectors;

/** How commands in comments were answered, so that one which is heard of twice is carried out once. */
record Answers(Ledger ledger) {
    /** How it was answered so far: a comment that was refused may be edited, or come into its right later. */
    Set<Reaction> to(RunKey.Command command) {
        return ledger.approvals(command.repository(), command.number(), key(command)).stream()
                .map(Reaction::valueOf)
                .collect(Collectors.toSet());
    }

    /** Remembers how it was answered. */
    void remember(RunKey.Command command, Reaction reaction) {
        ledger.approve(command.repository(), command.number(), key(command), reaction.name());
    }

    /** Stands among the hashes of plans, none of which reads so. An edited comment may order something else. */
    private static String key(RunKey.Command command) {
        return "command:" + command.order().comment() + ":"
                + command.order().verb().word();
    }
}

package dev.mergeway.reconciler.policy;

import dev.mergeway.reconciler.policy.CodeOwners.Need;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the code owners of changed files say of a pull request. Whether a merge waits for them is the forge's to decide;
 * here it is only said, so that nobody is left guessing. Pure.
 */
public final class OwnersVerdict {
    /** The guardrail's name. */
    public static final String NAME = "code-owners";

    private static final int SHOWN = 3;

    private OwnersVerdict() {}

    /** Tells who is behind the name of an owner. */
    @FunctionalInterface
    public interface Membership {
        /**
         * Whether a user is an owner, or a member of one.
         *
         * @param owner as in the file
         * @return empty where nobody can tell
         */
        Optional<Boolean> isOwner(String owner, String user);
    }

    /** That the file is there and is not judged. */
    public static Guardrail unjudged(String why) {
        return new Guardrail(NAME, Guardrail.Level.WARN, "Whether code owners approved is not known: " + why);
    }

    /**
     * The verdict; empty where no changed file has an owner.
     *
     * @param needs what the changed files want
     * @param approvers who approved what is at the head, without its author
     * @param membership asked only where it decides
     * @param unreadable why members of a team may be unknown, and what to do
     */
    public static Optional<Guardrail> judge(
            List<Need> needs, List<String> approvers, Membership membership, String unreadable) {
        List<String> waiting = new ArrayList<>();
        boolean unknown = false;
        for (Need need : needs) {
            int approved = 0;
            boolean unsure = false;
            for (String user : approvers) {
                Optional<Boolean> owns = owns(need, user, membership);
                approved += owns.filter(yes -> yes).isPresent() ? 1 : 0;
                unsure |= owns.isEmpty();
            }
            if (approved < need.approvals()) {
                waiting.add(words(need));
                unknown |= unsure;
            }
        }
        if (needs.isEmpty()) {
            return Optional.empty();
        }
        if (waiting.isEmpty()) {
            return Optional.of(
                    new Guardrail(NAME, Guardrail.Level.PASS, "The code owners of all changed files approved."));
        }
        String rest = waiting.size() > SHOWN ? "; and " + (waiting.size() - SHOWN) + " more" : "";
        String all = waiting.stream().limit(SHOWN).collect(Collectors.joining("; ")) + rest;
        return Optional.of(new Guardrail(
                NAME,
                Guardrail.Level.WARN,
                unknown
                        ? "Whether code owners approved is not known: " + unreadable + " It takes " + all + "."
                        : "Waiting for code owners: " + all + "."));
    }

    private static Optional<Boolean> owns(Need need, String user, Membership membership) {
        boolean unsure = false;
        for (String owner : need.owners()) {
            Optional<Boolean> owns = membership.isOwner(owner, user);
            if (owns.filter(yes -> yes).isPresent()) {
                return owns;
            }
            unsure |= owns.isEmpty();
        }
        return unsure ? Optional.empty() : Optional.of(false);
    }

    private static String words(Need need) {
        String count = need.approvals() > 1 ? need.approvals() + " of " : "";
        String owners = need.owners().stream().limit(SHOWN).collect(Collectors.joining(" or "))
                + (need.owners().size() > SHOWN ? " or " + (need.owners().size() - SHOWN) + " more" : "");
        int more = need.paths().size() - 1;
        String files = need.paths().getFirst() + (more == 0 ? "" : " and " + more + " more");
        return count + owners + " for " + files + (need.section().isEmpty() ? "" : " (" + need.section() + ")");
    }
}

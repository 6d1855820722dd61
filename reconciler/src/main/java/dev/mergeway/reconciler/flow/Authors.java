package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.Forge;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.run.PullState;
import dev.mergeway.reconciler.run.RepositoryInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who counts as author of a pull request, so that their approval is not a second person's. One of ours is opened by nobody:
 * of a rollback it is who ordered it; where nobody did, who merges it. Its branch tells that it is ours, which anybody may
 * name so: it only ever makes more people authors.
 */
final class Authors {
    static final String ROLLBACK = "mergeway/rollback-";
    static final String EXPIRE = "mergeway/expire-";

    /** Stands among the hashes of plans, none of which reads so. */
    private static final String ORDERED = "ordered";

    private static final Pattern LINE = Pattern.compile("(?m)^Ordered by `([^`\\r\\n]+)`");

    private final World world;
    private final Memory memory;

    Authors(World world, Memory memory) {
        this.world = world;
        this.memory = memory;
    }

    /** What the description of a rollback says of who ordered it, so that it is known though the database is lost. */
    static String line(String user) {
        return "Ordered by `" + user + "`, whose own approval does not count.";
    }

    /** The logins, whatever their case. */
    Set<String> of(RepositoryInfo info, PullRequest pull) throws ForgeException {
        return of(info, pull.number(), pull.branch(), pull.head(), pull.author());
    }

    /** The logins, whatever their case. */
    Set<String> of(RepositoryInfo info, PullState pull) throws ForgeException {
        return of(info, pull.number(), pull.branch(), pull.head(), pull.author());
    }

    private Set<String> of(RepositoryInfo info, int number, String branch, String head, String opened)
            throws ForgeException {
        Set<String> authors = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        authors.add(opened);
        if (branch.startsWith(ROLLBACK) || branch.startsWith(EXPIRE)) {
            Optional<Forge.Origin> origin = world.forge(info).origin(info.path(), number);
            authors.addAll(ordered(info, number, origin));
            if (authors.size() == 1 && origin.isPresent() && origin.get().merged()) {
                authors.add(merger(info, number, head, opened, origin.get().merger()));
            }
        }
        return authors;
    }

    /** Who ordered the pull request that is open from a branch of ours. */
    Optional<String> ordered(RepositoryInfo info, String branch) throws ForgeException {
        Forge forge = world.forge(info);
        for (PullRequest pull : forge.open(info.path(), info.branch())) {
            if (pull.branch().equals(branch) && !pull.fork()) {
                return ordered(info, pull.number(), forge.origin(info.path(), pull.number())).stream()
                        .findFirst();
            }
        }
        return Optional.empty();
    }

    /** Remembers who ordered a pull request of ours. */
    void remember(RepositoryInfo info, int number, String user) {
        memory.ledger().approve(info.name(), number, ORDERED, user);
    }

    private Set<String> ordered(RepositoryInfo info, int number, Optional<Forge.Origin> origin) {
        Set<String> users = new TreeSet<>(memory.ledger().approvals(info.name(), number, ORDERED));
        Matcher line = LINE.matcher(origin.map(Forge.Origin::description).orElse(""));
        if (line.find()) {
            users.add(line.group(1));
        }
        return users;
    }

    /** A merge queue's robot, or nobody who is known, is no second person either: then the first who approved is none. */
    private String merger(RepositoryInfo info, int number, String head, String opened, String merger)
            throws ForgeException {
        boolean person = !merger.isEmpty() && !merger.endsWith("[bot]") && !merger.equalsIgnoreCase(opened);
        if (person) {
            return merger;
        }
        List<String> reviewed = world.forge(info).approvals(info.path(), number, head).stream()
                .map(Forge.Approval::user)
                .toList();
        List<String> said = memory.ledger()
                .pull(info.name(), number)
                .map(state -> memory.ledger().approvals(info.name(), number, state.hash()))
                .orElse(List.of());
        return (reviewed.isEmpty() ? said : reviewed).stream().findFirst().orElse("");
    }
}

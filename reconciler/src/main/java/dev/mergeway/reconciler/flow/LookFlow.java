package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.index.RepoIndex;
import dev.mergeway.reconciler.index.Touched;
import dev.mergeway.reconciler.port.Forge;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.Repository;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.port.Snapshot;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.reconciler.run.RunKey;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at a repository and asks for the runs that follow: what an event only hints at, and what was missed while nobody
 * listened. Asks first and remembers afterwards, so that being killed between the two only asks twice.
 */
final class LookFlow {
    /** Commits that are looked through for environments that nobody names any more. */
    private static final int LATELY = 50;

    private final World world;
    private final Library library;
    private final Memory memory;
    private final Saying saying;
    private final Announcements announcements;
    private final Unheard unheard;

    LookFlow(Room room, Announcements announcements) {
        this.world = room.world();
        this.library = room.library();
        this.memory = room.memory();
        this.saying = room.saying();
        this.announcements = announcements;
        this.unheard = new Unheard(world, memory);
    }

    /** Fetches, then looks at the tracked branch, then at the pull requests, then at what was said on those that wait. */
    void look(RepositoryInfo info) throws RepositoryException, ForgeException {
        Repository repository = world.repository(info);
        repository.fetch();
        Optional<String> head = repository.head(info.branch());
        if (head.isEmpty()) {
            return;
        }
        Optional<String> seen = memory.ledger().seen(info.name());
        boolean moved = !head.equals(seen);
        if (moved) {
            moved(info, repository, seen, head.get());
        }
        queue(info, repository, pulls(info, moved));
        if (moved) {
            memory.ledger().saw(info.name(), head.get());
        }
        unheard.listen(info);
    }

    /** Asks for the releases, and for the plans of others, that a move of the tracked branch is about. */
    private void moved(RepositoryInfo info, Repository repository, Optional<String> seen, String head)
            throws RepositoryException {
        Offer offer = library.offer();
        Snapshot after = repository.snapshot(head);
        Optional<Snapshot> before = known(repository, seen);
        if (before.isEmpty()) {
            release(everything(info, repository, after, offer));
            return;
        }
        List<String> changed = repository.changed(before.get().commit(), head);
        RepoIndex was = library.overlaid(info, before.get(), offer);
        RepoIndex is = library.index(info, after, offer);
        Map<String, Touched> touched = Touched.by(was, is, changed);
        boolean offers = info.role() == RepositoryInfo.Role.PLATFORM && offers(was, is, changed);
        Set<String> environments = new TreeSet<>(touched.keySet());
        if (offers) {
            for (Side side : library.tips(offer)) {
                environments.addAll(side.index().environmentsNamed());
            }
        }
        release(environments);
        new Outdated(memory).planAgain(info, touched, offers);
    }

    private void release(Set<String> environments) {
        environments.forEach(name -> memory.agenda().ask(new RunKey.Release(name)));
    }

    /** Where nobody knows what was seen last: all that is named, was named lately, or is known to be of this repository. */
    private Set<String> everything(RepositoryInfo info, Repository repository, Snapshot after, Offer offer)
            throws RepositoryException {
        Set<String> environments =
                new TreeSet<>(library.index(info, after, offer).environmentsNamed());
        environments.addAll(namedLately(info, repository, after.commit(), offer));
        Ledger.each(cursor -> memory.ledger().environments(cursor, 500), state -> {
            if (state.repository().equals(info.name()) || state.revisions().containsKey(info.name())) {
                environments.add(state.name());
            }
        });
        return environments;
    }

    /** What the latest commits named: what was taken away while nobody remembered may be live yet. */
    private Set<String> namedLately(RepositoryInfo info, Repository repository, String head, Offer offer)
            throws RepositoryException {
        Set<String> names = new TreeSet<>();
        String commit = head;
        for (int count = 0; count < LATELY; count++) {
            List<String> parents = repository.commit(commit).parents();
            if (parents.isEmpty()) {
                break;
            }
            commit = parents.getFirst();
            names.addAll(
                    library.overlaid(info, repository.snapshot(commit), offer).environmentsNamed());
        }
        return names;
    }

    static boolean offers(RepoIndex before, RepoIndex after, List<String> changed) {
        return changed.stream().anyMatch(path -> before.isOffer(path) || after.isOffer(path));
    }

    private static Optional<Snapshot> known(Repository repository, Optional<String> commit) {
        try {
            return commit.isPresent() ? Optional.of(repository.snapshot(commit.get())) : Optional.empty();
        } catch (RepositoryException e) {
            // The commit is gone (a force push, a new clone): everything is looked at instead.
            return Optional.empty();
        }
    }

    /** Gives the heads of those that are open. */
    private Set<String> pulls(RepositoryInfo info, boolean moved) throws ForgeException {
        Forge forge = world.forge(info);
        Set<Integer> open = new HashSet<>();
        Set<String> heads = new HashSet<>();
        for (PullRequest pull : forge.open(info.path(), info.branch())) {
            open.add(pull.number());
            heads.add(pull.head());
            if (moved || !isKnown(info, pull)) {
                memory.agenda().ask(new RunKey.Review(info.name(), pull.number()));
            }
        }
        Ledger.each(after -> memory.ledger().pulls(after, 500), state -> {
            if (state.repository().equals(info.name()) && !open.contains(state.number())) {
                memory.agenda().ask(new RunKey.Review(info.name(), state.number()));
            }
        });
        return heads;
    }

    /** What a merge queue waits for and told nobody: no other event comes. A pull request's own head is none of it. */
    private void queue(RepositoryInfo info, Repository repository, Set<String> heads) throws RepositoryException {
        Optional<String> start = world.forge(info).queue(info.branch());
        if (start.isEmpty()) {
            return;
        }
        Pattern queued = Pattern.compile(Pattern.quote(start.get()) + "([0-9]{1,9})-.*");
        for (Repository.Branch branch : repository.branches()) {
            Matcher number = queued.matcher(branch.name());
            if (number.matches() && !heads.contains(branch.commit()) && !saying.isQueued(info, branch.commit())) {
                memory.agenda().ask(new RunKey.Queued(info.name(), Integer.parseInt(number.group(1)), branch.commit()));
            }
        }
    }

    /** Whether what is at its head has its verdict, or is about to. */
    private boolean isKnown(RepositoryInfo info, PullRequest pull) {
        return announcements.isReviewed(
                        info.name(), pull.number(), pull.head(), memory.clock().now())
                || memory.ledger()
                        .pull(info.name(), pull.number())
                        .filter(state -> state.isCurrent(pull.head()))
                        .isPresent();
    }
}

package dev.mergeway.reconciler.forge.local;

import dev.mergeway.reconciler.forge.local.Landings.Landing;
import dev.mergeway.reconciler.forge.local.Landings.Place;
import dev.mergeway.reconciler.port.BareRepository;
import dev.mergeway.reconciler.port.BareRepository.Ref;
import dev.mergeway.reconciler.port.PullRequest.State;
import dev.mergeway.reconciler.port.Repository.Branch;
import dev.mergeway.reconciler.port.Repository.Commit;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.webhooks.event.RepoEvent;
import dev.mergeway.webhooks.event.RepoEvent.PullChanged.Change;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One repository of the local forge: looks at the branches and brings the book of pull requests in line. Each step can be
 * done again, and the tracked tip is written last, so a look that was cut short is made up for by the next one. {@code
 * refs/pull/N/head} keeps the head of a deleted branch from being collected, and its number from being given twice.
 */
final class LocalRepository {
    /** Deleted branches, the latest ones, of which it is checked whether a later push brought them in after all. */
    private static final int LATE = 50;

    private static final String PULLS = "refs/pull/";

    private final Hosted hosted;
    private final BareRepository git;
    private final PullBook book;
    private final List<RepoEvent> news = new ArrayList<>();
    private List<Branch> looked = List.of();

    LocalRepository(Hosted hosted, BareRepository git, PullBook book) {
        this.hosted = hosted;
        this.git = git;
        this.book = book;
    }

    PullBook book() {
        return book;
    }

    /** Everything that happened since this was asked last. */
    List<RepoEvent> news() {
        List<RepoEvent> all = List.copyOf(news);
        news.clear();
        return all;
    }

    /** Looks at the branches; costs one listing of references where none moved. */
    void look() throws RepositoryException, IOException {
        List<Branch> branches = git.branches();
        Optional<Branch> tracked = branches.stream()
                .filter(branch -> branch.name().equals(hosted.branch()))
                .findFirst();
        if (tracked.isEmpty() || branches.equals(looked)) {
            return; // without the tracked branch there is nothing to pull into
        }
        String tip = tracked.get().commit();
        String before = git.holds(book.tracked()) ? book.tracked() : "";
        var landings = new Landings(git, before, tip);
        Set<String> names = new HashSet<>();
        for (Branch branch : oldestFirst(branches)) {
            names.add(branch.name());
            if (!branch.name().equals(hosted.branch())) {
                look(branch, landings);
            }
        }
        gone(names, landings);
        if (!tip.equals(book.tracked())) {
            String from = before.isEmpty() ? RepoEvent.Pushed.NONE : before;
            news.add(new RepoEvent.Pushed(hosted.path(), hosted.branch(), from, tip));
            book.track(tip);
        }
        looked = branches;
    }

    /** Branches that are seen for the first time together get their numbers in the order of their head commits. */
    private List<Branch> oldestFirst(List<Branch> branches) throws RepositoryException {
        Map<Branch, Instant> times = new HashMap<>();
        for (Branch branch : branches) {
            boolean known = book.ofBranch(branch.name()).isPresent();
            times.put(
                    branch, known ? Instant.EPOCH : git.commit(branch.commit()).time());
        }
        return branches.stream()
                .sorted(Comparator.comparing((Branch branch) -> times.getOrDefault(branch, Instant.EPOCH))
                        .thenComparing(Branch::name))
                .toList();
    }

    private void look(Branch branch, Landings landings) throws RepositoryException, IOException {
        Optional<Pull> known = book.ofBranch(branch.name());
        boolean moved = known.isEmpty() || !known.get().head().equals(branch.commit());
        if (!moved && known.get().state() == State.MERGED) {
            return;
        }
        Place place = landings.of(branch.commit(), known.isPresent());
        boolean caughtUp = place.inside() && place.landing().isEmpty();
        if (caughtUp && (known.isEmpty() || known.get().state() == State.MERGED)) {
            return; // a branch without a commit of its own asks for nothing, or for nothing more
        }
        Commit commit = git.commit(branch.commit());
        Pull pull = known.orElseGet(() -> fresh(commit, branch.name())).at(branch.commit(), commit.subject());
        if (known.isEmpty()) {
            pull = numbered(pull);
        }
        keep(known, settled(pull, place, landings, true));
    }

    private void gone(Set<String> names, Landings landings) throws RepositoryException, IOException {
        List<Pull> pulls = new ArrayList<>(book.all());
        int late = 0;
        for (Pull pull : pulls.reversed()) {
            boolean over = pull.state() == State.MERGED || names.contains(pull.branch());
            if (over || (pull.state() == State.CLOSED && ++late > LATE)) {
                continue;
            }
            if (git.head(pull.branch()).isPresent()) {
                continue; // it came, or came back, while we looked; the next look sees it
            }
            Place place = git.holds(pull.head()) ? landings.of(pull.head(), true) : Place.OUTSIDE;
            keep(Optional.of(pull), settled(pull, place, landings, false));
        }
    }

    private Pull settled(Pull pull, Place place, Landings landings, boolean exists) throws RepositoryException {
        Optional<Landing> landing = place.landing();
        if (!place.inside() && pull.state() != State.CLOSED && git.holds(pull.head())) {
            landing = landings.squashed(pull.head());
        }
        if (landing.isPresent()) {
            return pull.merged(landing.get().merge(), landing.get().from());
        }
        return exists && !place.inside() ? pull.open() : pull.closed();
    }

    private Pull fresh(Commit head, String branch) {
        String author = Pull.line(head.author());
        return new Pull(0, branch, head.id(), hosted.branch(), "", author, State.OPEN, "", "");
    }

    /** The number that was reserved for this head by a look that was cut short, else the next free one. */
    private Pull numbered(Pull pull) throws RepositoryException {
        TreeMap<Integer, String> reserved = new TreeMap<>();
        for (Ref ref : git.refs(PULLS)) {
            String number = ref.name().substring(PULLS.length()).replace("/head", "");
            if (number.matches("[1-9][0-9]{0,8}")) {
                reserved.put(Integer.valueOf(number), ref.commit());
            }
        }
        for (var entry : reserved.entrySet()) {
            if (book.pull(entry.getKey()).isEmpty() && entry.getValue().equals(pull.head())) {
                return pull.numbered(entry.getKey());
            }
        }
        return pull.numbered(book.next(reserved.isEmpty() ? 0 : reserved.lastKey()));
    }

    private void keep(Optional<Pull> before, Pull now) throws RepositoryException, IOException {
        if (before.filter(now::equals).isPresent()) {
            return;
        }
        String ref = PULLS + now.number() + "/head";
        Optional<String> head = git.refs(ref).stream().map(Ref::commit).findFirst();
        if (git.holds(now.head()) && !head.equals(Optional.of(now.head()))) {
            git.point(ref, head, Optional.of(now.head()));
        }
        book.keep(now);
        change(before, now)
                .ifPresent(change -> news.add(
                        new RepoEvent.PullChanged(hosted.path(), now.number(), change, now.head(), now.author())));
    }

    private static Optional<Change> change(Optional<Pull> before, Pull now) {
        State was = before.map(Pull::state).orElse(null);
        return switch (now.state()) {
            case MERGED -> was == State.MERGED ? Optional.empty() : Optional.of(Change.MERGED);
            case CLOSED -> was == State.CLOSED ? Optional.empty() : Optional.of(Change.CLOSED);
            case OPEN -> {
                if (was == null) {
                    yield Optional.of(Change.OPENED);
                }
                yield Optional.of(was == State.OPEN ? Change.COMMITS : Change.REOPENED);
            }
        };
    }

    /** Pull requests that brought the commit into the tracked branch. */
    List<Pull> broughtIn(String commit) throws RepositoryException {
        List<Pull> merged =
                book.all().stream().filter(pull -> pull.state() == State.MERGED).toList();
        List<Pull> exact =
                merged.stream().filter(pull -> pull.merge().equals(commit)).toList();
        if (!exact.isEmpty()) {
            return exact;
        }
        List<Pull> within = new ArrayList<>();
        for (Pull pull : merged.reversed().subList(0, Math.min(200, merged.size()))) {
            boolean before = git.holds(pull.from()) && git.isAncestor(commit, pull.from());
            if (!before && git.holds(pull.head()) && git.isAncestor(commit, pull.head())) {
                within.add(pull);
            }
        }
        return within.reversed();
    }
}

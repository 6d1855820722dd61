package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.index.RepoIndex;
import dev.mergeway.reconciler.index.Touched;
import dev.mergeway.reconciler.policy.Judgement;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.Repository;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.port.Snapshot;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.schema.model.Blueprint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** From a pull request to its comment: fetch, merge, read, expand, plan, judge, say. */
final class ReviewFlow {
    private final Room room;

    ReviewFlow(Room room) {
        this.room = room;
    }

    Ending review(RepositoryInfo info, int number) throws RepositoryException, ForgeException {
        Repository repository = room.world().repository(info);
        // The base comes first: one that is read while the pull request is open yet does not hold its merge.
        Optional<String> base = repository.head(info.branch());
        Optional<PullRequest> found = room.world().forge(info).pull(info.path(), number);
        if (found.isEmpty() || found.get().state() != PullRequest.State.OPEN) {
            return ended(info, number, found);
        }
        PullRequest pull = found.get();
        if (base.isEmpty() || !pull.base().equals(info.branch())) {
            room.saying().elsewhere(info, pull);
            return Ending.done("nothing to plan: it is not onto " + info.branch());
        }
        repository.fetch(pull.head(), List.of(pull.branch()));
        room.saying().pending(info, pull);
        return switch (repository.merge(base.get(), pull.head())) {
            case Repository.Merge.Conflict conflict -> conflict(info, pull, conflict);
            case Repository.Merge.Clean clean -> planned(info, pull, base.get(), clean.result());
        };
    }

    private Ending ended(RepositoryInfo info, int number, Optional<PullRequest> pull) {
        String state = pull.filter(found -> found.state() == PullRequest.State.MERGED)
                .map(any -> "merged")
                .orElse("closed");
        room.memory()
                .ledger()
                .pull(info.name(), number)
                .ifPresent(known -> room.memory().ledger().save(Pulls.withState(known, state)));
        return Ending.done("it is " + state);
    }

    private Ending conflict(RepositoryInfo info, PullRequest pull, Repository.Merge.Conflict conflict)
            throws ForgeException {
        room.saying().conflict(info, pull, conflict.paths());
        return Ending.done("it conflicts with " + info.branch());
    }

    private Ending planned(RepositoryInfo info, PullRequest pull, String base, Snapshot merge)
            throws RepositoryException, ForgeException {
        String run = room.runs().begin("review", info, pull);
        Draft draft = room.planning().draft(question(info, pull, base, merge));
        Judgement judgement = room.judging().review(draft, info, pull);
        Ending ending;
        Optional<PullRequest> now = room.world().forge(info).pull(info.path(), pull.number());
        if (now.filter(each -> each.state() == PullRequest.State.OPEN).isEmpty()) {
            // Merged meanwhile: what was shown before is what counts, and the comment may be the receipt already.
            ending = ended(info, pull.number(), now);
            room.runs().end(run, ending);
            return ending;
        }
        if (draft.unreachable().isEmpty()) {
            ending = Ending.done(judgement.verdict().label() + ": " + Summaries.line(draft.plan()));
            room.runs().end(run, ending);
            room.saying().plan(info, pull, draft, judgement);
        } else {
            Problem problem = draft.unreachable().getFirst();
            ending = Ending.failed(problem.message(), true);
            room.runs().end(run, ending);
            room.saying().unreachable(info, pull, problem);
        }
        return ending;
    }

    private Question question(RepositoryInfo info, PullRequest pull, String base, Snapshot merge)
            throws RepositoryException {
        Repository repository = room.world().repository(info);
        Offer offerBefore = room.library().offer();
        List<String> changed = repository.changed(base, merge.commit());
        Snapshot baseFiles = repository.snapshot(base);
        Side before = new Side(info, baseFiles, room.library().index(info, baseFiles, offerBefore));
        Offer offer = offerBefore;
        Side after = new Side(info, merge, room.library().overlaid(info, merge, offerBefore));
        Set<String> offers =
                info.role() == RepositoryInfo.Role.PLATFORM ? offers(before.index(), after.index(), changed) : Set.of();
        Made made = Made.NOTHING;
        if (!offers.isEmpty()) {
            offer = room.library().offer(Map.of(info.name(), merge));
            made = made(offers, before, offerBefore, after, offer);
            after = room.library().under(after, offer, made.kinds());
        }
        List<Pair> pairs = new ArrayList<>();
        Map<String, Touched> touched = new TreeMap<>(Touched.by(before.index(), after.index(), changed));
        Set<String> paths = new TreeSet<>(changed);
        if (!offers.isEmpty()) {
            Pair own = users(before, after, made);
            own.touched().forEach((name, each) -> touched.merge(name, each, Touched::and));
            paths.addAll(own.changed());
        }
        pairs.add(new Pair(before, after, touched, List.copyOf(paths)));
        others(info, touched, offerBefore).forEach(pairs::add);
        if (!offer.id().equals(offerBefore.id())) {
            for (Side tip : room.library().tips(offerBefore)) {
                Pair users = users(tip, room.library().under(tip, offer, made.kinds()), made);
                if (!tip.repository().equals(info) && !users.touched().isEmpty()) {
                    pairs.add(users);
                }
            }
        }
        Question.Heading heading = new Question.Heading(info.name(), pull.number(), base, pull.head());
        return new Question(heading, pairs, offerBefore, offer, offerBefore.policies());
    }

    private static Set<String> offers(RepoIndex before, RepoIndex after, List<String> changed) {
        Set<String> files = new HashSet<>(before.offers());
        files.addAll(after.offers());
        files.retainAll(new HashSet<>(changed));
        return files;
    }

    /** Other repositories with specs in an environment that changes as a whole. */
    private List<Pair> others(RepositoryInfo info, Map<String, Touched> touched, Offer offer)
            throws RepositoryException {
        List<Pair> pairs = new ArrayList<>();
        for (Side tip : room.library().tips(offer)) {
            Map<String, Touched> theirs = new TreeMap<>();
            touched.forEach((name, each) -> {
                if (each.whole() && !tip.index().filesOf(name).isEmpty()) {
                    theirs.put(name, each);
                }
            });
            if (!tip.repository().name().equals(info.name()) && !theirs.isEmpty()) {
                pairs.add(Pair.unchanged(tip, theirs));
            }
        }
        return pairs;
    }

    /**
     * What blueprints that change make.
     *
     * @param kinds the kinds
     * @param types whether any of them makes a resource type, which any spec may ask for
     */
    private record Made(Set<String> kinds, boolean types) {
        static final Made NOTHING = new Made(Set.of(), false);
    }

    private Made made(Set<String> files, Side before, Offer offerBefore, Side after, Offer offer) {
        Set<String> kinds = new HashSet<>();
        boolean types = false;
        List<Blueprint> blueprints = new ArrayList<>();
        for (String file : files) {
            blueprints.addAll(
                    room.library().read(before.snapshot(), file, offerBefore).blueprints());
            blueprints.addAll(room.library().read(after.snapshot(), file, offer).blueprints());
        }
        for (Blueprint blueprint : blueprints) {
            types |= blueprint.type() != null;
            Optional.ofNullable(blueprint.kind()).ifPresent(kinds::add);
        }
        return new Made(kinds, types);
    }

    /** What of a repository is made by blueprints that change, before or after. */
    private static Pair users(Side before, Side after, Made made) {
        Map<String, Touched> touched = new TreeMap<>(Expanding.byBlueprints(before, made.kinds(), made.types()));
        Expanding.byBlueprints(after, made.kinds(), made.types())
                .forEach((name, each) -> touched.merge(name, each, Touched::and));
        List<String> files = before.index().files().entrySet().stream()
                .filter(file -> file.getValue().specs().stream()
                        .anyMatch(spec -> made.kinds().contains(spec.kind())))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        return new Pair(before, after, touched, files);
    }
}

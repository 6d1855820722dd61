package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.index.RepoIndex;
import dev.mergeway.reconciler.index.Touched;
import dev.mergeway.reconciler.port.Repository;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.port.Snapshot;
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
import java.util.stream.Collectors;

/** What a merge that is proposed asks to be planned: the specs that it touches, and all that use what it changes. */
final class Proposed {
    private final Room room;

    Proposed(Room room) {
        this.room = room;
    }

    /**
     * The question.
     *
     * @param number of the pull request, 0 where it is not known
     * @param base the commit to be merged into
     * @param head the commit to be merged
     * @param merge the files of the result
     */
    Question question(RepositoryInfo info, int number, String base, String head, Snapshot merge)
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
            Pair users = users(before, after, made);
            users.touched().forEach((name, each) -> touched.merge(name, each, Touched::and));
            paths.addAll(users.changed());
        }
        Pair own = new Pair(before, after, touched, List.copyOf(paths));
        pairs.addAll(Wholes.complete(List.of(own), others(info, offerBefore)));
        if (!offer.id().equals(offerBefore.id())) {
            for (Side tip : room.library().tips(offerBefore)) {
                Pair users = users(tip, room.library().under(tip, offer, made.kinds()), made);
                if (!tip.repository().equals(info) && !users.touched().isEmpty()) {
                    pairs.add(users);
                }
            }
        }
        Question.Heading heading = new Question.Heading(info.name(), number, base, head);
        return new Question(heading, pairs, offerBefore, offer, offerBefore.policies());
    }

    private static Set<String> offers(RepoIndex before, RepoIndex after, List<String> changed) {
        return changed.stream()
                .filter(path -> before.isOffer(path) || after.isOffer(path))
                .collect(Collectors.toSet());
    }

    private List<Pair> others(RepositoryInfo info, Offer offer) throws RepositoryException {
        return room.library().tips(offer).stream()
                .filter(tip -> !tip.repository().equals(info))
                .map(tip -> Pair.unchanged(tip, Map.of()))
                .toList();
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
        Map<String, Touched> touched = new TreeMap<>(Touched.byBlueprints(before.index(), made.kinds(), made.types()));
        Touched.byBlueprints(after.index(), made.kinds(), made.types())
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

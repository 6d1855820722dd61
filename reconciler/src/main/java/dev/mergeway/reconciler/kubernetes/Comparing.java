package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.Look;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.schema.model.ResourceKey;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Desired against live: what is known asks nobody, a list answers for many, the rest is a dry run of the very apply that would follow. */
final class Comparing {
    private final Api api;
    private final Actors actors;
    private final Kinds kinds;
    private final SyncMemory memory;
    private final Rehearsals rehearsals;
    private final DryRuns dryRuns;

    Comparing(Api api, Actors actors, Kinds kinds, SyncMemory memory, Rehearsals rehearsals, String home) {
        this.api = api;
        this.actors = actors;
        this.kinds = kinds;
        this.memory = memory;
        this.rehearsals = rehearsals;
        this.dryRuns = new DryRuns(actors, home);
    }

    /** One difference for each, in the same order. */
    List<Difference> compare(List<Desired> desired) throws Unreachable {
        List<Desired> open = desired.stream().filter(one -> !quiet(one)).toList();
        Batch batch = Batch.of(desired);
        DryRuns.Common common =
                new DryRuns.Common(batch, Survey.of(api, kinds, open), Stages.of(api, kinds, batch, open));
        Map<Desired, Difference> asked = new IdentityHashMap<>();
        Set<Desired> definitions = Collections.newSetFromMap(new IdentityHashMap<>());
        definitions.addAll(batch.definitions().values());
        ask(open.stream().filter(definitions::contains).toList(), one -> compare(one, common), asked);
        Map<String, Desired> changing = new HashMap<>(batch.definitions());
        changing.values().removeIf(definition -> unchanged(asked.get(definition)));
        ComingKinds coming = ComingKinds.of(changing);
        ask(
                open.stream().filter(one -> !definitions.contains(one)).toList(),
                one -> fitting(one, coming, compare(one, common)),
                asked);
        return desired.stream()
                .map(one -> Optional.ofNullable(asked.get(one)).orElseGet(() -> unchanged(one)))
                .toList();
    }

    private static void ask(
            List<Desired> some, Parallel.Question<Desired, Difference> question, Map<Desired, Difference> asked)
            throws Unreachable {
        List<Difference> answers = Parallel.map(some, question);
        for (int index = 0; index < answers.size(); index++) {
            asked.put(some.get(index), answers.get(index));
        }
    }

    private Difference compare(Desired desired, DryRuns.Common common) throws Unreachable {
        ResourceKey key = desired.key();
        Optional<Problem> never = Names.problem(key).or(() -> Fleeting.problem(desired));
        if (never.isPresent()) {
            return DryRuns.refused(desired, Action.CREATE, never.get());
        }
        Optional<Kind> kind = kinds.find(key.type());
        return kind.isPresent() ? served(desired, kind.get(), common) : notServed(desired, common.batch());
    }

    /** A dry run knows a kind as it is: what the same plan makes of the kind, its definition says. */
    private Difference fitting(Desired desired, ComingKinds coming, Difference difference) throws Unreachable {
        ResourceKey key = desired.key();
        if (!coming.types().contains(key.type()) || unchanged(difference)) {
            return difference;
        }
        Optional<Problem> misfit = coming.misfit(desired);
        if (misfit.isPresent()) {
            return DryRuns.refused(desired, difference.action(), misfit.get());
        }
        Optional<Kind> kind = kinds.find(key.type());
        boolean forNow = difference
                .refused()
                .filter(problem -> problem.turn() == Problem.Turn.AUTHOR)
                .isPresent();
        if (!forNow || kind.isEmpty()) {
            return difference;
        }
        Reply live = actors.of(desired.owner())
                .send(Call.read(kind.get().path(key.namespace(), key.name())), Patience.SHORT);
        return live.ok()
                ? DryRuns.planned(desired, live.body(), DryRuns.KIND_CHANGES)
                : DryRuns.planned(desired, DryRuns.KIND_CHANGES);
    }

    private static boolean unchanged(@Nullable Difference difference) {
        return difference == null
                || difference.action() == Action.UNCHANGED
                        && difference.refused().isEmpty();
    }

    private Difference notServed(Desired desired, Batch batch) throws Unreachable {
        return batch.definitions().containsKey(desired.key().type()) ? DryRuns.planned(desired, "") : unknown(desired);
    }

    private Difference served(Desired desired, Kind kind, DryRuns.Common common) throws Unreachable {
        ResourceKey key = desired.key();
        if (kind.namespaced() && key.namespace().isEmpty()) {
            return DryRuns.refused(
                    desired, Action.CREATE, Refusals.author(Refusals.name(key) + " needs a namespace", "/metadata"));
        }
        String hash = Marks.hash(desired);
        if (common.survey().absent(key)) {
            return absent(desired, kind, common, hash);
        }
        boolean known = desired.unknown().isEmpty()
                && common.survey()
                        .metadata(key)
                        .map(Fingerprint::of)
                        .filter(seen -> memory.knows(key, hash, seen))
                        .isPresent();
        return known ? unchanged(desired) : look(desired, kind, common, hash);
    }

    private static Difference unchanged(Desired desired) {
        return new Difference(desired.key(), Action.UNCHANGED, List.of(), "", List.of(), null);
    }

    private Difference absent(Desired desired, Kind kind, DryRuns.Common common, String hash) throws Unreachable {
        memory.forget(desired.key());
        Optional<Difference> known = rehearsals.take(desired.key(), hash, Rehearsals.ABSENT);
        return known.isPresent()
                ? known.get()
                : rehearsals.keep(desired, hash, Rehearsals.ABSENT, dryRuns.create(desired, kind, common));
    }

    /** Whether a living watch last saw the object as it was when it was known to be in sync. */
    boolean quiet(Desired desired) {
        return desired.unknown().isEmpty()
                && memory.seen(desired.key())
                        .map(seen -> memory.knows(desired.key(), Marks.hash(desired), seen.fingerprint()))
                        .orElse(false);
    }

    private Difference look(Desired desired, Kind kind, DryRuns.Common common, String hash) throws Unreachable {
        ResourceKey key = desired.key();
        Reply reply =
                actors.of(desired.owner()).send(Call.read(kind.path(key.namespace(), key.name())), Patience.SHORT);
        if (reply.notServed()) {
            kinds.instead(kind);
            return notServed(desired, common.batch());
        }
        if (reply.missing()) {
            return absent(desired, kind, common, hash);
        }
        if (!reply.ok()) {
            return DryRuns.refused(desired, Action.UPDATE, Refusals.of(desired, reply));
        }
        Map<String, Object> live = reply.body();
        if (Look.at(live, "metadata", "deletionTimestamp") != null) {
            return DryRuns.planned(
                    desired, "the one that is there is being deleted; it is made again when that is done");
        }
        String fingerprint = Fingerprint.of(live);
        if (desired.unknown().isEmpty() && memory.knows(key, hash, fingerprint)) {
            return unchanged(desired);
        }
        Holder holder = Holder.of(desired, live);
        String version = Look.text(live, "metadata", "resourceVersion");
        Optional<Difference> shown = rehearsals.take(key, hash, version);
        Difference difference = shown.isPresent()
                ? shown.get()
                : rehearsals.keep(desired, hash, version, dryRuns.change(desired, kind, live, holder, hash));
        if (difference.action() == Action.UPDATE && holder instanceof Holder.Ours) {
            memory.plan(key, version);
        }
        if (difference.action() == Action.UNCHANGED && difference.refused().isEmpty()) {
            memory.learn(key, hash, fingerprint);
        }
        return difference;
    }

    private Difference unknown(Desired desired) throws Unreachable {
        String type = desired.key().type();
        String similar = kinds.similar(type).stream().collect(Collectors.joining(" or "));
        String hint = similar.isEmpty()
                ? "Install what defines it, or add its CRD to this change."
                : "Did you mean " + similar + "?";
        return DryRuns.refused(
                desired, Action.CREATE, Refusals.author("The cluster serves no kind " + type + ". " + hint, "/kind"));
    }
}

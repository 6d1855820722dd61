package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.index.Touched;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.port.Snapshot;
import dev.mergeway.reconciler.run.EnvironmentState;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.reconciler.run.ResourceState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * An environment as it was applied.
 *
 * @param known the environment
 * @param files the files of each of its repositories at the applied revision
 * @param offer the kinds that were offered then
 * @param declared what identifies the contents of the files that declare it now, by the name of the repository
 */
record AsApplied(
        EnvironmentState known, Map<RepositoryInfo, Snapshot> files, Offer offer, Map<String, String> declared) {
    /** What was applied to an environment. */
    static AsApplied to(EnvironmentState known, World world, Library library) throws RepositoryException {
        Map<String, Snapshot> snapshots = new TreeMap<>();
        Map<RepositoryInfo, Snapshot> files = new LinkedHashMap<>();
        for (Map.Entry<String, String> revision : known.revisions().entrySet()) {
            Optional<RepositoryInfo> info = world.info(revision.getKey());
            if (info.isPresent()) {
                Snapshot snapshot = world.repository(info.get()).snapshot(revision.getValue());
                snapshots.put(revision.getKey(), snapshot);
                files.put(info.get(), snapshot);
            }
        }
        return new AsApplied(known, files, library.offer(snapshots), declared(known.name(), library));
    }

    private static Map<String, String> declared(String environment, Library library) throws RepositoryException {
        Map<String, String> declared = new TreeMap<>();
        for (Side tip : library.tips(library.offer())) {
            tip.index()
                    .declares(environment)
                    .flatMap(tip.snapshot()::contentId)
                    .ifPresent(content -> declared.put(tip.repository().name(), content));
        }
        return declared;
    }

    /** All that decides what the environment wants. */
    Calm.Basis basis() {
        return new Calm.Basis(known.revisions(), offer.id(), declared);
    }

    /** Looks at the specs of these resources as they were applied. */
    Question question(Library library, Collection<ResourceState> states) throws RepositoryException {
        Map<String, Set<String>> wanted = new HashMap<>();
        states.forEach(state -> wanted.computeIfAbsent(state.repository(), any -> new HashSet<>())
                .add(state.file()));
        List<Pair> pairs = new ArrayList<>();
        for (Map.Entry<RepositoryInfo, Snapshot> each : files.entrySet()) {
            RepositoryInfo info = each.getKey();
            Set<String> paths = wanted.getOrDefault(info.name(), Set.of());
            if (paths.isEmpty() && !mayDeclare(info)) {
                continue;
            }
            Side side = new Side(info, each.getValue(), library.overlaid(info, each.getValue(), offer));
            Touched touched = Touched.by(side.index(), side.index(), paths).get(known.name());
            if (touched != null || mayDeclare(info)) {
                pairs.add(Pair.unchanged(side, touched == null ? Map.of() : Map.of(known.name(), touched)));
            }
        }
        String head = known.revisions().getOrDefault(known.repository(), "");
        Question.Heading heading = new Question.Heading(known.repository(), 0, head, head);
        return new Question(heading, pairs, offer, offer, offer.policies());
    }

    /**
     * Whether to ask a repository for the declaration as it was applied: those that have it now, or any where none does. One
     * that was fetched and not released yet is the release's business.
     */
    private boolean mayDeclare(RepositoryInfo info) {
        return declared.isEmpty() || declared.containsKey(info.name());
    }
}

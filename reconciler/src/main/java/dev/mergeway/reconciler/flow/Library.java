package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.index.FileFacts;
import dev.mergeway.reconciler.index.KeptIndex;
import dev.mergeway.reconciler.index.RepoIndex;
import dev.mergeway.reconciler.port.Cache;
import dev.mergeway.reconciler.port.Meter;
import dev.mergeway.reconciler.port.Repository;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.port.Snapshot;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.schema.FileContent;
import dev.mergeway.schema.SpecReader;
import dev.mergeway.schema.blueprint.Catalogue;
import dev.mergeway.schema.model.Blueprint;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Policy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The repositories as read: an index of each, brought forward by what changed, and the files that were read last. One
 * for the process; whatever it holds can be read again.
 */
public final class Library {
    private static final int FILES_KEPT = 4_000;

    /** Files that a start reads again at most, for what is kept is behind; writing it takes some 50 ms for 10,000. */
    private static final int BEHIND = 200;

    private final World world;
    private final Meter meter;
    private final Cache cache;
    private final Offer shipped = Offer.shipped();
    private final Map<String, Indexed> indexes = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, FileContent> files = Collections.synchronizedMap(new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, FileContent> eldest) {
            return size() > FILES_KEPT;
        }
    });
    private volatile Offer latest = shipped;

    /** An index that is remembered, and how many files changed since it was kept in the cache. */
    private record Indexed(String commit, String offer, RepoIndex index, int behind) {}

    /** A library of these repositories. */
    public Library(World world, Meter meter) {
        this(world, meter, Cache.NONE);
    }

    /** A library of these repositories that keeps its indexes from one start to the next. */
    public Library(World world, Meter meter, Cache cache) {
        this.world = world;
        this.meter = meter;
        this.cache = cache;
    }

    /** What the platform repositories offer on their tracked branches now. */
    public Offer offer() throws RepositoryException {
        return offer(Map.of());
    }

    /**
     * What the platform would offer with some repositories at other commits than the tip of their tracked branch.
     *
     * @param instead by repository name the snapshot to read instead
     */
    public Offer offer(Map<String, Snapshot> instead) throws RepositoryException {
        Map<String, Side> platforms = new TreeMap<>();
        for (RepositoryInfo info : world.all()) {
            if (info.role() == RepositoryInfo.Role.PLATFORM) {
                Optional<Snapshot> snapshot =
                        instead.containsKey(info.name()) ? Optional.ofNullable(instead.get(info.name())) : tip(info);
                if (snapshot.isPresent()) {
                    RepoIndex index = instead.containsKey(info.name())
                            ? overlaid(info, snapshot.get(), shipped)
                            : index(info, snapshot.get(), shipped);
                    platforms.put(info.name(), new Side(info, snapshot.get(), index));
                }
            }
        }
        return offer(platforms.values());
    }

    private Offer offer(Collection<Side> platforms) {
        StringBuilder id = new StringBuilder("offer");
        List<Blueprint> blueprints = new ArrayList<>();
        List<Policy> policies = new ArrayList<>();
        List<Finding> missing = new ArrayList<>();
        for (Side side : platforms) {
            for (String path : side.index().offers()) {
                side.index()
                        .file(path)
                        .ifPresent(
                                facts -> id.append(' ').append(path).append('@').append(facts.contentId()));
                FileContent content = read(side.snapshot(), path, shipped);
                blueprints.addAll(content.blueprints());
                policies.addAll(content.policies());
                content.missing().forEach(mistake -> missing.add(missing(side.repository(), mistake)));
            }
        }
        if (blueprints.isEmpty() && policies.isEmpty() && missing.isEmpty()) {
            return shipped;
        }
        Offer known = latest;
        if (known.id().contentEquals(id)) {
            return known;
        }
        Catalogue.Loaded loaded = shipped.catalogue().with(blueprints);
        missing.addAll(loaded.findings());
        Offer made = Offer.of(id.toString(), loaded.catalogue(), policies, missing);
        latest = made;
        return made;
    }

    /** What is offered, or limited, cannot be told without it: that must not pass for nothing being so. */
    private static Finding missing(RepositoryInfo platform, Finding mistake) {
        return new Finding(
                mistake.severity(),
                mistake.file(),
                mistake.position(),
                mistake.pointer(),
                "offer/broken",
                "A blueprint or policy in repository " + platform.name() + " cannot be read: " + mistake.message(),
                "It is the platform team's turn: mend it there, or take back what broke it. " + mistake.hint());
    }

    /** The files at the tip of the tracked branch; empty for a repository without a commit. */
    public Optional<Snapshot> tip(RepositoryInfo info) throws RepositoryException {
        Repository repository = world.repository(info);
        Optional<String> head = repository.head(info.branch());
        return head.isPresent() ? Optional.of(repository.snapshot(head.get())) : Optional.empty();
    }

    /** All repositories at the tip of their tracked branch; those without a commit are left out. */
    public List<Side> tips(Offer offer) throws RepositoryException {
        List<Side> sides = new ArrayList<>();
        for (RepositoryInfo info : world.all()) {
            Optional<Snapshot> tip = tip(info);
            if (tip.isPresent()) {
                sides.add(new Side(info, tip.get(), index(info, tip.get(), offer)));
            }
        }
        return sides;
    }

    /** The index of a repository at a commit of its tracked branch; brought forward from the one that is remembered. */
    public RepoIndex index(RepositoryInfo info, Snapshot snapshot, Offer offer) throws RepositoryException {
        lock.lock();
        try {
            String key = info.name() + (offer.id().equals(shipped.id()) ? " shipped" : "");
            Indexed known = indexes.get(key);
            if (known == null) {
                known = kept(info, key);
            }
            if (known == null || !known.offer().equals(offer.id())) {
                known = new Indexed(snapshot.commit(), offer.id(), whole(snapshot, offer), BEHIND);
            } else if (!known.commit().equals(snapshot.commit())) {
                List<String> changed = world.repository(info).changed(known.commit(), snapshot.commit());
                RepoIndex index = overlay(known.index(), changed, snapshot, offer);
                known = new Indexed(snapshot.commit(), offer.id(), index, known.behind() + changed.size());
            }
            if (known.behind() >= BEHIND) {
                cache.keep("index " + key, new KeptIndex(known.commit(), known.offer(), known.index()).bytes());
                known = new Indexed(known.commit(), known.offer(), known.index(), 0);
            }
            indexes.put(key, known);
            return known.index();
        } finally {
            lock.unlock();
        }
    }

    /** What the last process kept, unless its commit is gone by now. */
    private @Nullable Indexed kept(RepositoryInfo info, String key) {
        Optional<KeptIndex> kept = cache.load("index " + key).flatMap(KeptIndex::of);
        if (kept.isEmpty()) {
            return null;
        }
        try {
            world.repository(info).snapshot(kept.get().commit());
        } catch (RepositoryException e) {
            return null;
        }
        return new Indexed(kept.get().commit(), kept.get().offer(), kept.get().index(), 0);
    }

    /** The index of a repository at any commit or merge result, without remembering it. */
    public RepoIndex overlaid(RepositoryInfo info, Snapshot snapshot, Offer offer) throws RepositoryException {
        Optional<Snapshot> tip = tip(info);
        if (tip.isEmpty()) {
            return whole(snapshot, offer);
        }
        RepoIndex base = index(info, tip.get(), offer);
        return overlay(base, world.repository(info).changed(tip.get().commit(), snapshot.commit()), snapshot, offer);
    }

    /**
     * A side as it reads with another offer: only files with specs of the kinds that differ, and those in which something
     * is wrong, read otherwise. Not remembered.
     *
     * @param kinds what the two offers differ in
     */
    Side under(Side side, Offer offer, Set<String> kinds) {
        List<String> paths = side.index().files().entrySet().stream()
                .filter(file -> file.getValue().broken()
                        || file.getValue().specs().stream().anyMatch(spec -> kinds.contains(spec.kind())))
                .map(Map.Entry::getKey)
                .toList();
        return new Side(side.repository(), side.snapshot(), overlay(side.index(), paths, side.snapshot(), offer));
    }

    /** An environment as a side declares it, its team being the one that it may have; empty where it does not. */
    Optional<Environment> declared(Side side, String name, Offer offer) {
        return side.index()
                .declares(name)
                .flatMap(path -> read(side.snapshot(), path, offer).environments().stream()
                        .filter(environment -> environment.name().equals(name))
                        .findFirst())
                .map(side.repository()::owned);
    }

    /** The index of files that need not be in any repository. */
    public RepoIndex indexed(Snapshot snapshot, Offer offer) {
        return whole(snapshot, offer);
    }

    private RepoIndex whole(Snapshot snapshot, Offer offer) {
        return overlay(RepoIndex.EMPTY, snapshot.below(""), snapshot, offer);
    }

    private RepoIndex overlay(RepoIndex base, List<String> paths, Snapshot snapshot, Offer offer) {
        Map<String, Optional<FileFacts>> changes = new HashMap<>();
        for (String path : paths) {
            if (SpecReader.isSpecFile(path)) {
                changes.put(path, facts(snapshot, path, offer));
            }
        }
        return changes.isEmpty() ? base : base.with(changes);
    }

    private Optional<FileFacts> facts(Snapshot snapshot, String path, Offer offer) {
        return snapshot.contentId(path).map(id -> FileFacts.of(id, read(snapshot, path, offer)));
    }

    /** One file, read with the kinds of the offer. A file that is not there holds nothing. */
    public FileContent read(Snapshot snapshot, String path, Offer offer) {
        Optional<String> id = snapshot.contentId(path);
        if (id.isEmpty()) {
            return FileContent.nothing(path, List.of());
        }
        String key = id.get() + ' ' + path + ' ' + offer.id().hashCode();
        FileContent known = files.get(key);
        if (known != null) {
            return known;
        }
        meter.count("mergeway.files.read", 1);
        FileContent content = snapshot.read(path)
                .map(bytes -> offer.reader().read(path, bytes))
                .orElseGet(() -> unreadable(path));
        files.put(key, content);
        return content;
    }

    private static FileContent unreadable(String path) {
        Finding finding = new Finding(
                dev.mergeway.schema.model.Severity.ERROR,
                path,
                dev.mergeway.schema.model.Position.START,
                "",
                "yaml/too-large",
                "This file cannot be read: it is larger than 1 MiB, or it is a link.",
                "Split it into smaller files, one spec each.");
        return FileContent.nothing(path, List.of(finding));
    }
}

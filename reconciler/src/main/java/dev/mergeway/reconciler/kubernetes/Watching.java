package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.port.Target.Change;
import dev.mergeway.reconciler.resource.Look;
import dev.mergeway.reconciler.resource.Ownership;
import dev.mergeway.schema.model.ResourceKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One watch for each kind that any environment's inventory names, and one for the inventories: new kinds join by themselves. */
final class Watching implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watching.class);

    private final Api api;
    private final Inventory inventory;
    private final SyncMemory memory;
    private final Consumer<Change> sink;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<String> watched = ConcurrentHashMap.newKeySet();

    Watching(Api api, Inventory inventory, SyncMemory memory, Consumer<Change> sink) {
        this.api = api;
        this.inventory = inventory;
        this.memory = memory;
        this.sink = sink;
        inventory.whenIncluded(this::begin);
        ListWatch parents = new ListWatch(api, inventory.parents(), Inventory.ID, new Parents());
        threads.execute(parents::run);
    }

    private final class Parents implements ListWatch.Handler {
        @Override
        public void listed(List<Map<String, Object>> items) {
            items.forEach(item -> changed(item, false));
        }

        @Override
        public void changed(Map<String, Object> object, boolean gone) {
            Set<String> fresh = new HashSet<>(Inventory.groupKinds(object));
            fresh.removeAll(watched);
            for (String groupKind : fresh) {
                try {
                    inventory.named(Set.of(groupKind)).forEach(Watching.this::begin);
                } catch (Unreachable e) {
                    LOG.warn("{} is not watched yet: {}", groupKind, e.getMessage());
                    threads.execute(() -> again(object));
                }
            }
        }

        private void again(Map<String, Object> object) {
            try {
                api.waitFor(Patience.after(6, Duration.ZERO));
                changed(object, false);
            } catch (Unreachable e) {
                LOG.debug("stopped: {}", e.getMessage());
            }
        }

        @Override
        public void alive(boolean alive) {
            // nothing is concluded from silence about inventories
        }

        @Override
        public boolean ends() {
            return false;
        }
    }

    private void begin(Kind kind) {
        if (watched.add(kind.groupKind())) {
            ListWatch watch = new ListWatch(api, kind.path(""), Ownership.ENVIRONMENT, new Members(kind));
            try {
                threads.execute(watch::run);
            } catch (RejectedExecutionException closed) {
                LOG.debug("{} is not watched any more", kind.type());
            }
        }
    }

    /** What is known of the members of one kind; used by its watch's thread alone. */
    private final class Members implements ListWatch.Handler {
        private final Kind kind;
        private final Map<ResourceKey, Member> members = new HashMap<>();
        private boolean first = true;

        private record Member(String environment, SyncMemory.Seen seen) {}

        Members(Kind kind) {
            this.kind = kind;
        }

        @Override
        public void listed(List<Map<String, Object>> items) {
            Set<ResourceKey> gone = new HashSet<>(members.keySet());
            for (Map<String, Object> item : items) {
                gone.remove(inventory.key(kind, item));
                note(item, !first);
            }
            gone.forEach(key -> remove(key, Objects.requireNonNull(members.get(key))));
            first = false;
        }

        @Override
        public void changed(Map<String, Object> object, boolean gone) {
            if (gone) {
                ResourceKey key = inventory.key(kind, object);
                remove(key, members.getOrDefault(key, member(object)));
            } else {
                note(object, true);
            }
        }

        @Override
        public void alive(boolean alive) {
            members.forEach((key, member) -> {
                if (alive) {
                    memory.see(key, member.seen());
                } else {
                    memory.lose(key);
                }
            });
        }

        /** The kind went, or is served in another version by now: then that is watched. Whoever makes the next one begins anew. */
        @Override
        public boolean ends() {
            try {
                Optional<Kind> other = inventory.instead(kind);
                watched.remove(kind.groupKind());
                other.ifPresent(Watching.this::begin);
                return true;
            } catch (Unreachable e) {
                LOG.debug("{}: {}", kind.type(), e.getMessage());
                return false;
            }
        }

        private void note(Map<String, Object> object, boolean tell) {
            ResourceKey key = inventory.key(kind, object);
            Member member = member(object);
            Member before = members.put(key, member);
            memory.see(key, member.seen());
            if (tell
                    && (before == null
                            || !before.seen().version().equals(member.seen().version()))) {
                tell(new Change(member.environment(), key));
            }
        }

        private void remove(ResourceKey key, Member member) {
            members.remove(key);
            memory.lose(key);
            tell(new Change(member.environment(), key));
        }

        private static Member member(Map<String, Object> object) {
            return new Member(
                    Look.text(object, "metadata", "labels", Ownership.ENVIRONMENT),
                    new SyncMemory.Seen(Look.text(object, "metadata", "resourceVersion"), Fingerprint.of(object)));
        }
    }

    /** A listener that fails must not end the watch. */
    private void tell(Change change) {
        try {
            sink.accept(change);
        } catch (RuntimeException e) {
            LOG.error("whoever listens to changes failed at {}; the watch goes on", change, e);
        }
    }

    @Override
    public void close() {
        inventory.whenIncluded(_ -> {});
        threads.shutdownNow();
    }
}

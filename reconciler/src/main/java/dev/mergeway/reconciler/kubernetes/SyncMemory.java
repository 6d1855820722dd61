package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.schema.model.ResourceKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which desired object a live one was last seen to be in sync with, and what the watches last saw of it. Together they
 * answer at rest without any call. One small entry per managed object; losing all of it costs calls, nothing else.
 */
final class SyncMemory {
    private final Map<ResourceKey, InSync> inSync = new ConcurrentHashMap<>();
    private final Map<ResourceKey, Seen> seen = new ConcurrentHashMap<>();

    private final Map<ResourceKey, String> planned = new ConcurrentHashMap<>();

    private record InSync(String desired, String live) {}

    /**
     * A live object as a watch saw it.
     *
     * @param version its resource version, which changes with its status too
     * @param fingerprint changes with whatever an apply could change
     */
    record Seen(String version, String fingerprint) {}

    /** The live object with this fingerprint is as desired. */
    void learn(ResourceKey key, String desired, String fingerprint) {
        inSync.put(key, new InSync(desired, fingerprint));
    }

    void forget(ResourceKey key) {
        inSync.remove(key);
    }

    boolean knows(ResourceKey key, String desired, String fingerprint) {
        return new InSync(desired, fingerprint).equals(inSync.get(key));
    }

    /** Whether a living watch last saw the object as it was when it was as desired, whatever that was. */
    boolean untouched(ResourceKey key) {
        InSync known = inSync.get(key);
        Seen last = seen.get(key);
        return known != null && last != null && known.live().equals(last.fingerprint());
    }

    /** A plan that changes the object saw this version of it, and that it is ours. */
    void plan(ResourceKey key, String version) {
        planned.put(key, version);
    }

    /** The version that the last plan saw, once. */
    Optional<String> planned(ResourceKey key) {
        return Optional.ofNullable(planned.remove(key));
    }

    /** What the watch of its kind saw last, while that watch is alive. */
    Optional<Seen> seen(ResourceKey key) {
        return Optional.ofNullable(seen.get(key));
    }

    /** A watch saw the object. */
    void see(ResourceKey key, Seen now) {
        seen.put(key, now);
    }

    /** A watch saw it go, or does not see any more. */
    void lose(ResourceKey key) {
        seen.remove(key);
    }
}

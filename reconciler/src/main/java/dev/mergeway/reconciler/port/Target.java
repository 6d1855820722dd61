package dev.mergeway.reconciler.port;

import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.Live;
import dev.mergeway.reconciler.resource.Observation;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.resource.Ownership;
import dev.mergeway.schema.model.ResourceKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A live system: a cluster, an account, a directory. Blocking, safe for many threads, bounded inside. A method throws
 * {@link TargetException} when the target as a whole cannot be asked (down, credentials revoked); what is wrong with one
 * resource is in its difference or outcome. An error is never an empty answer.
 */
public interface Target extends AutoCloseable {
    /** Its name in the configuration. */
    String name();

    /**
     * How each desired resource differs from the live one; writes nothing. Given together, since a namespace or a CRD
     * among them is there for the others.
     *
     * @return one difference for each, in the same order
     */
    List<Difference> compare(List<Desired> desired) throws TargetException;

    /**
     * All live resources that carry our labels of this environment, in no order. Found from labels alone; their bodies may
     * hold no more than what identifies them.
     */
    List<Live> inventory(String environment) throws TargetException;

    /** One resource as it is now, ours or not; empty where it is not there. */
    Optional<Live> read(ResourceKey key) throws TargetException;

    /**
     * Makes the live resource as desired. Does nothing to a resource that is neither ours nor to be adopted.
     *
     * @param desired what it shall be
     * @param planned the difference that was shown; decides whether it may be replaced, adopted or taken over
     */
    Outcome apply(Desired desired, Difference planned) throws TargetException;

    /**
     * Deletes a resource, read again first: one that is gone is deleted already, one that is not ours (or belongs to
     * another environment or repository by now) is left alone and that is a failure.
     *
     * @param owner whose it was when it was planned to go
     */
    Outcome delete(ResourceKey key, Ownership owner) throws TargetException;

    /**
     * What would be gone with a resource though it is not of this environment: what else is in a namespace, the instances
     * of a definition. What a live system makes by itself does not count.
     *
     * @return some of it, enough to be named; by default nothing
     */
    default List<ResourceKey> along(ResourceKey key, String environment) throws TargetException {
        return List.of();
    }

    /** A resource with what explains its health; empty where it is not there. */
    Optional<Observation> observe(ResourceKey key) throws TargetException;

    /**
     * The version in which a living watch of ours saw the resource last; asks nobody. Empty where nothing watches it: then
     * it may have moved.
     */
    default Optional<String> seen(ResourceKey key) {
        return Optional.empty();
    }

    /**
     * Whether a living watch of ours saw the resource last as it was when it was found, or made, as desired; asks nobody.
     * Where nobody can tell it may have been touched.
     */
    default boolean untouched(ResourceKey key) {
        return false;
    }

    /**
     * Watches everything that carries our labels. Calls the sink, from its own thread, soon after such a resource was
     * changed or deleted by anybody; it may call once too often, never too seldom: whoever listens looks.
     */
    AutoCloseable watch(Consumer<Change> sink) throws TargetException;

    @Override
    void close();

    /**
     * A hint that something moved.
     *
     * @param environment whose resource it is
     * @param key the resource
     */
    record Change(String environment, ResourceKey key) {}
}

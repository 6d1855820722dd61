package dev.mergeway.reconciler.port;

import dev.mergeway.reconciler.run.EnvironmentState;
import dev.mergeway.reconciler.run.PullKey;
import dev.mergeway.reconciler.run.PullState;
import dev.mergeway.reconciler.run.ResourceState;
import dev.mergeway.reconciler.run.RunRecord;
import dev.mergeway.schema.model.ResourceKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What is remembered, for the pages and for speed. Losing it loses history and nothing else. Lists are paged: {@code
 * after} is the cursor that the last page gave ("" for the first), {@code limit} from 1 to 500.
 */
public interface Ledger {
    /** The commit of a repository's tracked branch up to which runs were asked for; empty where nothing is remembered. */
    Optional<String> seen(String repository);

    /** Remembers it. */
    void saw(String repository, String commit);

    /** One environment. */
    Optional<EnvironmentState> environment(String name);

    /** Environments by name. */
    Page<EnvironmentState> environments(String after, int limit);

    /** Remembers an environment's state. */
    void save(EnvironmentState state);

    /**
     * Remembers how an environment is after somebody looked at it for a while: only what differs from what was read then, and
     * only while no release has written its own result in between, which knows better.
     *
     * @param read the state as it was read before looking
     * @param now the same environment as it is now
     * @return false where a release came in between, or the environment is forgotten; nothing is remembered then
     */
    boolean update(EnvironmentState read, EnvironmentState now);

    /** Forgets an environment and its resources. */
    void forget(String environment);

    /** Resources by environment and key; an empty filter means all. */
    Page<ResourceState> resources(Filter filter, String after, int limit);

    /** One resource of an environment. */
    Optional<ResourceState> resource(String environment, ResourceKey key);

    /** How many resources an environment has. */
    int count(String environment);

    /** Remembers resources' states, and forgets those that are gone. */
    void save(String environment, List<ResourceState> changed, List<ResourceKey> gone);

    /** One pull request. */
    Optional<PullState> pull(String repository, int number);

    /** Open pull requests, by repository and number. */
    Page<PullState> pulls(String after, int limit);

    /** Remembers a pull request. */
    void save(PullState state);

    /** Remembers that somebody approved the plan of a pull request that has this hash. */
    void approve(String repository, int number, String hash, String user);

    /** Who approved the plan of a pull request that has this hash, sorted. */
    List<String> approvals(String repository, int number, String hash);

    /** The pull requests that a held environment waits with, by repository and number; none where nothing is held. */
    List<PullKey> waiting(String environment);

    /** Remembers which those are, and no others; none once it is released. */
    void waits(String environment, Set<PullKey> pulls);

    /**
     * Numbers of a repository's pull requests that somebody is waited for at, ascending: those that are open and blocked, and
     * those that any held environment waits with.
     *
     * @param after only greater numbers
     * @param limit how many at most, from 1 to 500
     */
    List<Integer> awaited(String repository, int after, int limit);

    /** One run, with its steps. */
    Optional<RunRecord> run(String id);

    /** One run, without its steps, of which there may be thousands. */
    Optional<RunRecord> outline(String run);

    /** Runs, newest first, without their steps; {@code environment} "" for all. */
    Page<RunRecord> runs(String environment, String after, int limit);

    /**
     * One page.
     *
     * @param items what is on it
     * @param next cursor of the next page, "" where this is the last
     */
    record Page<T>(List<T> items, String next) {
        public Page {
            items = List.copyOf(items);
        }
    }

    /** Gives each item of a list to a taker, page by page, so that no more than one page is in memory. */
    static <T> void each(Function<String, Page<T>> list, Consumer<? super T> taker) {
        String after = "";
        do {
            Page<T> page = list.apply(after);
            page.items().forEach(taker);
            after = page.next();
        } while (!after.isEmpty());
    }

    /** Which resources; "" for any. {@code status} is a sync or a health label. */
    record Filter(String environment, String provider, String status) {}
}

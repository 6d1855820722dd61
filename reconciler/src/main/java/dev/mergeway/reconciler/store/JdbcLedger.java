package dev.mergeway.reconciler.store;

import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.reconciler.run.EnvironmentState;
import dev.mergeway.reconciler.run.PullKey;
import dev.mergeway.reconciler.run.PullState;
import dev.mergeway.reconciler.run.ResourceState;
import dev.mergeway.reconciler.run.RunRecord;
import dev.mergeway.schema.model.ResourceKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Jdbi;

/** The ledger in a database. What is saved as it already is costs one read and is no news. */
public final class JdbcLedger implements Ledger {
    /** More resources than this in one save are told as one change of their environment. */
    private static final int NAMED = 100;

    private final Jdbi jdbi;
    private final Changes changes;

    /** @param changes is told what moved, after it was committed */
    public JdbcLedger(Database database, Changes changes) {
        this.jdbi = database.jdbi();
        this.changes = changes;
    }

    @Override
    public Optional<String> seen(String repository) {
        return jdbi.withHandle(handle -> handle.createQuery("select seen from repositories where name = :name")
                .bind("name", repository)
                .mapTo(String.class)
                .findOne());
    }

    @Override
    public void saw(String repository, String commit) {
        Map<String, ?> row = Map.of("name", repository, "seen", commit);
        Writes.transaction(jdbi, handle -> Writes.upsert(handle, "repositories", List.of("name"), List.of(row)));
    }

    @Override
    public Optional<EnvironmentState> environment(String name) {
        return jdbi.withHandle(handle -> EnvironmentRows.one(handle, name));
    }

    @Override
    public Page<EnvironmentState> environments(String after, int limit) {
        Cursor.limit(limit);
        return jdbi.withHandle(handle -> EnvironmentRows.page(handle, after, limit));
    }

    @Override
    public void save(EnvironmentState state) {
        EnvironmentState kept = EnvironmentRows.kept(state);
        if (environment(state.name()).equals(Optional.of(kept))) {
            return;
        }
        Writes.transaction(jdbi, handle -> EnvironmentRows.save(handle, kept));
        changes.publish(new Change.Environment(state.name()));
    }

    @Override
    public boolean update(EnvironmentState read, EnvironmentState now) {
        AtomicBoolean updated = new AtomicBoolean();
        Writes.transaction(jdbi, handle -> updated.set(EnvironmentRows.update(handle, read, now)));
        if (updated.get()) {
            changes.publish(new Change.Environment(now.name()));
        }
        return updated.get();
    }

    @Override
    public void forget(String environment) {
        Writes.transaction(jdbi, handle -> {
            handle.createUpdate("delete from resources where environment = :environment")
                    .bind("environment", environment)
                    .execute();
            WaitingRows.save(handle, environment, Set.of());
            handle.createUpdate("delete from environments where name = :environment")
                    .bind("environment", environment)
                    .execute();
        });
        changes.publish(new Change.Environment(environment));
    }

    @Override
    public Page<ResourceState> resources(Filter filter, String after, int limit) {
        Cursor.limit(limit);
        return jdbi.withHandle(handle -> ResourceRows.page(handle, filter, after, limit));
    }

    @Override
    public Optional<ResourceState> resource(String environment, ResourceKey key) {
        return jdbi.withHandle(handle -> ResourceRows.one(handle, environment, key));
    }

    @Override
    public int count(String environment) {
        return jdbi.withHandle(handle -> ResourceRows.count(handle, environment));
    }

    @Override
    public void save(String environment, List<ResourceState> changed, List<ResourceKey> gone) {
        if (changed.isEmpty() && gone.isEmpty()) {
            return;
        }
        Writes.transaction(jdbi, handle -> ResourceRows.save(handle, environment, changed, gone));
        if (changed.size() + gone.size() > NAMED) {
            changes.publish(new Change.Environment(environment));
        } else {
            changed.forEach(state -> changes.publish(new Change.Resource(environment, state.key())));
            gone.forEach(key -> changes.publish(new Change.Resource(environment, key)));
        }
    }

    @Override
    public Optional<PullState> pull(String repository, int number) {
        return jdbi.withHandle(handle -> PullRows.one(handle, repository, number));
    }

    @Override
    public Page<PullState> pulls(String after, int limit) {
        Cursor.limit(limit);
        return jdbi.inTransaction(handle -> PullRows.page(handle, after, limit));
    }

    @Override
    public void save(PullState state) {
        PullState kept = PullRows.kept(state);
        if (pull(state.repository(), state.number()).equals(Optional.of(kept))) {
            return;
        }
        Writes.transaction(jdbi, handle -> PullRows.save(handle, kept));
        changes.publish(new Change.Pull(state.repository(), state.number()));
    }

    @Override
    public void approve(String repository, int number, String hash, String user) {
        Writes.transaction(jdbi, handle -> PullRows.approve(handle, repository, number, hash, user));
        changes.publish(new Change.Pull(repository, number));
    }

    @Override
    public List<String> approvals(String repository, int number, String hash) {
        return jdbi.withHandle(handle -> PullRows.approvals(handle, repository, number, hash));
    }

    @Override
    public List<PullKey> waiting(String environment) {
        return jdbi.withHandle(handle -> WaitingRows.of(handle, environment));
    }

    @Override
    public void waits(String environment, Set<PullKey> pulls) {
        if (!Set.copyOf(waiting(environment)).equals(pulls)) {
            Writes.transaction(jdbi, handle -> WaitingRows.save(handle, environment, pulls));
        }
    }

    @Override
    public List<Integer> awaited(String repository, int after, int limit) {
        Cursor.limit(limit);
        return jdbi.withHandle(handle -> WaitingRows.awaited(handle, repository, after, limit));
    }

    @Override
    public Optional<RunRecord> run(String id) {
        return jdbi.withHandle(handle -> RunRows.one(handle, id));
    }

    @Override
    public Optional<RunRecord> outline(String run) {
        return jdbi.withHandle(handle -> RunRows.outline(handle, run));
    }

    @Override
    public Page<RunRecord> runs(String environment, String after, int limit) {
        Cursor.limit(limit);
        return jdbi.withHandle(handle -> RunRows.page(handle, environment, after, limit));
    }
}

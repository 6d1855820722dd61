package dev.mergeway.reconciler.store;

import dev.mergeway.reconciler.run.RunKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Webhook deliveries, stored before they are answered. Those that arrive together are committed together: one writer
 * takes all that wait, so that a burst costs a few commits and nobody waits longer than for two of them.
 */
public final class JdbcDeliveries implements AutoCloseable {
    /** Most that may wait to be stored; more are refused, where the forge can see it and send again. */
    private static final int WAITING = 20_000;

    private static final int BATCH = 1_000;
    private static final long PATIENCE_SECONDS = 20;

    /** In a burst the next ones come at once: waiting for them spares commits, which is time for everybody. */
    private static final Duration GATHERING = Duration.ofMillis(2);

    private static final Comparator<Waiting> BY_KEY =
            Comparator.comparing(Waiting::forge).thenComparing(Waiting::id);

    private final Jdbi jdbi;
    private final Asking asking;
    private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Thread writer;
    private volatile boolean closed;

    /** Asks for a run within a transaction. */
    @FunctionalInterface
    public interface Asking {
        /** Asks for it at a time; it is asked for when the transaction is committed. */
        void ask(Handle handle, RunKey run, Instant at);
    }

    /**
     * Starts the writer.
     *
     * @param asking how runs are asked for that are nowhere but in a delivery
     */
    public JdbcDeliveries(Database database, Asking asking) {
        this.asking = asking;
        this.jdbi = database.jdbi();
        this.writer = Thread.ofVirtual().name("deliveries").start(this::write);
    }

    /**
     * Stores a delivery; it is durable when this returns.
     *
     * @param forge name of the configured forge
     * @param id the forge's id of the delivery
     * @param event what it was, in one line and without its payload
     * @param received when it came
     * @param runs asked for in the same commit, and not where this id was stored before
     * @return false where this id was stored before
     * @throws StoreException if it could not be stored; the delivery must not be answered with success then
     */
    public boolean store(String forge, String id, String event, Instant received, List<RunKey> runs) {
        Waiting delivery = new Waiting(
                Columns.fit(forge, 200),
                Columns.fit(id, 500),
                Columns.line(event),
                received,
                runs,
                new CompletableFuture<>());
        if (closed || !waiting.offer(delivery)) {
            throw new StoreException(
                    closed
                            ? "Deliveries are not stored any more: the service is stopping."
                            : WAITING + " deliveries wait to be stored; send this one again later.",
                    null);
        }
        try {
            return delivery.stored.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("Interrupted while storing a delivery.", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new StoreException("The delivery could not be stored: the database does not answer as it should.", e);
        }
    }

    private void write() {
        List<Waiting> batch = new ArrayList<>();
        boolean busy = false;
        while (!closed || !waiting.isEmpty()) {
            try {
                Waiting first = waiting.poll(1, TimeUnit.SECONDS);
                if (first == null) {
                    continue;
                }
                batch.add(first);
                if (busy) {
                    gather();
                }
                waiting.drainTo(batch, BATCH - 1);
                busy = batch.size() > 1;
                // In order of key, so that two replicas that store the same deliveries do not wait for each other in a
                // ring.
                batch.sort(BY_KEY);
                commit(batch);
            } catch (InterruptedException e) {
                // Only close() interrupts: it wants the rest written and no more waiting.
                continue;
            } finally {
                batch.clear();
            }
        }
    }

    private static void gather() {
        try {
            Thread.sleep(GATHERING);
        } catch (InterruptedException e) {
            // Only close() interrupts, and wants what is there written now.
        }
    }

    private void commit(List<Waiting> batch) {
        try {
            int[][] inserted = new int[1][];
            Writes.transaction(jdbi, handle -> {
                inserted[0] = insert(handle, batch);
                ask(handle, batch, inserted[0]);
            });
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).stored.complete(inserted[0][i] > 0);
            }
        } catch (RuntimeException e) {
            batch.forEach(delivery -> delivery.stored.completeExceptionally(e));
        }
    }

    private void ask(Handle handle, List<Waiting> batch, int[] inserted) {
        for (int i = 0; i < inserted.length; i++) {
            Waiting delivery = batch.get(i);
            if (inserted[i] > 0) {
                delivery.runs.forEach(run -> asking.ask(handle, run, delivery.received));
            }
        }
    }

    /** One that is there already inserts no row, be it from long ago or from earlier in the batch. */
    private static int[] insert(Handle handle, List<Waiting> batch) {
        try (PreparedBatch insert = handle.prepareBatch("insert into deliveries (forge, id, event, received)"
                + " select cast(:forge as varchar), cast(:id as varchar), cast(:event as varchar),"
                + " cast(:received as timestamp(6) with time zone)"
                + " where not exists (select 1 from deliveries where forge = :forge and id = :id)")) {
            for (Waiting delivery : batch) {
                insert.bind("forge", delivery.forge)
                        .bind("id", delivery.id)
                        .bind("event", delivery.event)
                        .bind("received", Columns.column(delivery.received))
                        .add();
            }
            return insert.execute();
        }
    }

    /** Stores what waits, and refuses what comes later. */
    @Override
    public void close() {
        closed = true;
        writer.interrupt();
        try {
            writer.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Waiting(
            String forge,
            String id,
            String event,
            Instant received,
            List<RunKey> runs,
            CompletableFuture<Boolean> stored) {}
}

package dev.mergeway.reconciler.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mergeway.reconciler.port.Journal;
import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.reconciler.queue.DbAgenda;
import dev.mergeway.reconciler.run.PullKey;
import dev.mergeway.reconciler.run.RunKey;
import dev.mergeway.reconciler.run.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the stores on JDBC promise beyond the ports. */
abstract class JdbcContract extends StoreContract {
    private final Changes changes = new Changes();

    /** An open database with empty tables. */
    abstract Database database();

    @Override
    Ledger ledger() {
        return new JdbcLedger(database(), changes);
    }

    @Override
    Journal journal() {
        return new JdbcJournal(database(), changes, () -> Samples.NOON);
    }

    @Override
    Changes changes() {
        return changes;
    }

    /** Empties the tables. */
    static void empty(Database database) {
        database.jdbi().useHandle(handle -> {
            for (String table : List.of(
                    "repositories",
                    "environments",
                    "resources",
                    "pulls",
                    "approvals",
                    "runs",
                    "steps",
                    "deliveries",
                    "agenda",
                    "waiting")) {
                handle.execute("delete from " + table);
            }
        });
    }

    @Test
    void storesADeliveryOnceWhoeverSendsItHowOften() {
        try (JdbcDeliveries deliveries = new JdbcDeliveries(database(), DbAgenda::ask)) {
            assertThat(deliveries.store("corp", "1", "push", Samples.NOON, List.of()))
                    .isTrue();
            assertThat(deliveries.store("corp", "1", "push", Samples.NOON, List.of()))
                    .isFalse();
            assertThat(deliveries.store("other", "1", "push", Samples.NOON, List.of()))
                    .isTrue();
            assertThat(deliveries.store("corp", "2", "p".repeat(100_000), Samples.NOON, List.of()))
                    .isTrue();
        }
        assertThat(count("deliveries")).isEqualTo(3);
    }

    @Test
    void ofTheSameDeliveryInABurstOneIsNew() throws Exception {
        List<Callable<Boolean>> calls = new ArrayList<>();
        try (JdbcDeliveries one = new JdbcDeliveries(database(), DbAgenda::ask);
                JdbcDeliveries two = new JdbcDeliveries(database(), DbAgenda::ask);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1_000; i++) {
                String id = "id-" + i % 100;
                JdbcDeliveries replica = i % 3 == 0 ? one : two;
                calls.add(() -> replica.store("corp", id, "push", Samples.NOON, List.of()));
            }
            int fresh = 0;
            for (Future<Boolean> stored : threads.invokeAll(calls)) {
                fresh += stored.get() ? 1 : 0;
            }
            assertThat(fresh).isEqualTo(100);
        }
        assertThat(count("deliveries")).isEqualTo(100);
    }

    @Test
    void whatADeliveryOrdersIsAskedForOnceWithIt() {
        RunKey run = new RunKey.Review("shop", 7);
        RunKey other = new RunKey.Review("shop", 8);
        try (JdbcDeliveries deliveries = new JdbcDeliveries(database(), DbAgenda::ask)) {
            deliveries.store("corp", "1", "comment", Samples.NOON, List.of(run));
            assertThat(keys()).containsExactly(run);
            database().jdbi().useHandle(handle -> handle.execute("delete from agenda"));
            deliveries.store("corp", "1", "comment", Samples.NOON, List.of(run));
            assertThat(keys()).isEmpty();
            deliveries.store("corp", "2", "comment", Samples.NOON, List.of(run, other));
            deliveries.store("corp", "3", "comment", Samples.NOON, List.of(run));
            assertThat(keys()).containsExactly(run, other);
        }
    }

    private List<RunKey> keys() {
        return database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select task_instance from agenda order by task_instance")
                        .mapTo(String.class)
                        .map(RunKey::parse)
                        .list());
    }

    @Test
    void refusesDeliveriesAfterItWasClosed() {
        JdbcDeliveries deliveries = new JdbcDeliveries(database(), DbAgenda::ask);
        deliveries.close();
        assertThatThrownBy(() -> deliveries.store("corp", "1", "push", Samples.NOON, List.of()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("stopping");
    }

    @Test
    void manyMaySaveTheSameAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> calls = IntStream.range(0, 40)
                    .<Callable<Boolean>>mapToObj(i -> () -> {
                        ledger().saw("shop", "commit-" + i);
                        ledger().save("e", List.of(Samples.resource("e", "a"), Samples.resource("e", "b")), List.of());
                        return true;
                    })
                    .toList();
            for (Future<Boolean> done : threads.invokeAll(calls)) {
                assertThat(done.get()).isTrue();
            }
        }
        assertThat(ledger().count("e")).isEqualTo(2);
    }

    @Test
    void forgetsOldRunsAndKeepsThoseThatGoOn() {
        for (int i = 0; i < 1_200; i++) {
            journal().begin(Samples.run("r" + (1_000 + i), "e", null));
            if (i > 0) {
                journal().end("r" + (1_000 + i), RunState.SUCCEEDED, "");
            }
        }
        journal().begin(Samples.run("s", "f", null));
        History history = new History(database(), 600, 10);
        assertThat(history.prune(Samples.NOON)).isEqualTo(600);
        assertThat(count("runs")).isEqualTo(601);
        assertThat(ledger().run("r1000")).isPresent();
        assertThat(ledger().run("r1600")).isEmpty();
        assertThat(ledger().run("r1601")).isPresent();
        assertThat(history.prune(Samples.NOON.plus(Duration.ofDays(91)))).isEqualTo(599);
        assertThat(ledger().runs("", "", 10).items().stream().map(run -> run.id()))
                .containsExactly("s", "r1000");
        assertThat(count("steps")).isZero();
    }

    @Test
    void forgetsPullRequestsThatEndedLongAgoAndTheirApprovals() {
        for (int number = 1; number <= 250; number++) {
            ledger().save(Samples.pull("shop", number, number == 1 ? "open" : number == 2 ? "closed" : "merged"));
            ledger().approve("shop", number, "hash", "rosa");
        }
        ledger().waits("shop-prod", Set.of(new PullKey("shop", 7)));
        History history = new History(database());
        assertThat(history.prune(Samples.NOON)).isZero();
        ledger().save(Samples.pull("shop", 2, "open"));
        assertThat(history.prune(Samples.NOON.plus(Duration.ofDays(89)))).isZero();
        ledger().save(Samples.pull("shop", 2, "merged"));
        ledger().save(Samples.pull("shop", 3, "open"));
        assertThat(history.prune(Samples.NOON.plus(Duration.ofDays(91)))).isEqualTo(246);
        for (int kept : new int[] {1, 2, 3, 7}) {
            assertThat(ledger().pull("shop", kept)).isPresent();
            assertThat(ledger().approvals("shop", kept, "hash")).containsExactly("rosa");
        }
        assertThat(count("pulls")).isEqualTo(4);
        assertThat(count("approvals")).isEqualTo(4);
        ledger().waits("shop-prod", Set.of());
        assertThat(history.prune(Samples.NOON.plus(Duration.ofDays(182)))).isEqualTo(2);
        assertThat(ledger().pull("shop", 1)).isPresent();
    }

    @Test
    void forgetsOldDeliveriesAndThoseBeyondTheMost() {
        try (JdbcDeliveries deliveries = new JdbcDeliveries(database(), DbAgenda::ask)) {
            for (int day = 0; day < 30; day++) {
                deliveries.store("corp", "id-" + day, "push", Samples.NOON.plus(Duration.ofDays(day)), List.of());
            }
        }
        History history = new History(database(), 100, 4);
        assertThat(history.prune(Samples.NOON.plus(Duration.ofDays(29)))).isEqualTo(26);
        assertThat(count("deliveries")).isEqualTo(4);
    }

    int count(String table) {
        return database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select count(*) from " + table)
                        .mapTo(Integer.class)
                        .one());
    }
}

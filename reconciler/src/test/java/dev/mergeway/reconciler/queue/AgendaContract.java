package dev.mergeway.reconciler.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mergeway.reconciler.lifecycle.Backoff;
import dev.mergeway.reconciler.port.Clock;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.run.Order;
import dev.mergeway.reconciler.run.RunKey;
import dev.mergeway.reconciler.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the agenda promises, on H2 and on PostgreSQL. Each test starts with an empty table. */
@Timeout(60)
abstract class AgendaContract {
    static final RunKey KEY = new RunKey.Review("shop", 12);
    private static final RunResult DONE = new RunResult.Done();
    private static final Duration LONG = Duration.ofHours(1);

    private final List<DbAgenda> open = new ArrayList<>();

    abstract Database database();

    @BeforeEach
    void empty() {
        database().jdbi().useHandle(handle -> handle.execute("delete from agenda"));
    }

    @AfterEach
    void close() {
        open.forEach(DbAgenda::close);
        open.clear();
    }

    DbAgenda agenda(String replica, int concurrency, Clock clock) {
        DbAgenda agenda = new DbAgenda(
                database().dataSource(),
                false,
                new DbAgenda.Settings(
                        replica,
                        concurrency,
                        Duration.ofMillis(500),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(5),
                        new Backoff(Duration.ofMillis(40), Duration.ofMillis(200), 0.3)),
                clock);
        open.add(agenda);
        return agenda;
    }

    DbAgenda agenda() {
        return agenda("one", 4, Instant::now);
    }

    @Test
    void runsWhatWasAskedForBeforeAndAfterItStarted() throws Exception {
        DbAgenda agenda = agenda();
        CountDownLatch ran = new CountDownLatch(2);
        Queue<RunKey> keys = new ConcurrentLinkedQueue<>();
        agenda.ask(KEY);
        agenda.start(key -> {
            keys.add(key);
            ran.countDown();
            return DONE;
        });
        agenda.ask(new RunKey.Release("shop-dev"));
        assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(keys).containsExactlyInAnyOrder(KEY, new RunKey.Release("shop-dev"));
        await().untilAsserted(() -> assertThat(agenda.load()).isEqualTo(new DbAgenda.Load(0, 0, 0, 0)));
    }

    @Test
    void askingForAQueuedKeyIsAskingOnceAtTheEarlierTime() {
        DbAgenda agenda = agenda();
        AtomicInteger runs = new AtomicInteger();
        agenda.ask(KEY, LONG);
        agenda.ask(KEY, LONG.multipliedBy(2));
        assertThat(agenda.load()).isEqualTo(new DbAgenda.Load(0, 1, 0, 0));
        for (int i = 0; i < 20; i++) {
            agenda.ask(KEY);
            agenda.ask(KEY, LONG);
        }
        assertThat(agenda.load()).isEqualTo(new DbAgenda.Load(1, 0, 0, 0));
        agenda.start(key -> {
            runs.incrementAndGet();
            return DONE;
        });
        await().untilAsserted(() -> assertThat(agenda.load()).isEqualTo(new DbAgenda.Load(0, 0, 0, 0)));
        assertThat(runs).hasValue(1);
    }

    @Test
    void whatChangesOneEnvironmentTakesTurnsAmongReplicas() throws Exception {
        RunKey drift = new RunKey.Drift("shop-dev");
        RunKey release = new RunKey.Release("shop-dev");
        CountDownLatch checking = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Queue<String> log = new ConcurrentLinkedQueue<>();
        DbAgenda one = agenda("one", 1, Instant::now);
        one.ask(drift);
        one.start(key -> {
            checking.countDown();
            go.await();
            log.add("ends " + key.text());
            return DONE;
        });
        assertThat(checking.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(one.underWay(drift)).isTrue();
        assertThat(one.underWay(release)).isFalse();
        DbAgenda two = agenda("two", 1, Instant::now);
        two.ask(release);
        two.ask(new RunKey.Release("shop-prod"));
        two.start(key -> {
            log.add("begins " + key.text());
            return DONE;
        });
        await().untilAsserted(() -> assertThat(log).containsExactly("begins release/shop-prod"));
        await().until(() -> two.load().later() == 1);
        go.countDown();
        await().untilAsserted(() -> assertThat(log)
                .containsExactly("begins release/shop-prod", "ends drift/shop-dev", "begins release/shop-dev"));
        await().untilAsserted(() -> assertThat(two.load()).isEqualTo(new DbAgenda.Load(0, 0, 0, 0)));
        assertThat(two.underWay(drift)).isFalse();
    }

    @Test
    void aCommandThatIsHeardOfTwiceIsQueuedOnce() {
        DbAgenda agenda = agenda();
        Instant now = Instant.now();
        agenda.ask(command(5, Order.Verb.APPROVE, now));
        agenda.ask(command(5, Order.Verb.APPROVE, now.plusSeconds(60)));
        assertThat(agenda.load().due()).isEqualTo(1);
        agenda.ask(command(5, Order.Verb.PLAN, now.plusSeconds(60)));
        agenda.ask(command(55, Order.Verb.APPROVE, now.plusSeconds(60)));
        assertThat(agenda.load().due()).isEqualTo(3);
    }

    private static RunKey command(long comment, Order.Verb verb, Instant at) {
        return new RunKey.Command("shop", 7, new Order(verb, comment, at, "aaaa", "maria"));
    }

    @Test
    void askingWhileItRunsMakesExactlyOneMoreRun() throws Exception {
        DbAgenda agenda = agenda();
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        agenda.start(key -> {
            runs.incrementAndGet();
            began.countDown();
            go.await();
            return DONE;
        });
        agenda.ask(KEY);
        assertThat(began.await(20, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 20; i++) {
            agenda.ask(KEY);
        }
        assertThat(agenda.load().running()).isOne();
        go.countDown();
        await().untilAsserted(() -> assertThat(agenda.load()).isEqualTo(new DbAgenda.Load(0, 0, 0, 0)));
        assertThat(runs).hasValue(2);
    }

    @Test
    void aRunThatWaitsForSomethingRunsAgainLaterAndHoldsNoThread() {
        DbAgenda agenda = agenda("one", 1, Instant::now);
        AtomicInteger waits = new AtomicInteger();
        AtomicInteger others = new AtomicInteger();
        agenda.start(key -> {
            if (!key.equals(KEY)) {
                others.incrementAndGet();
                return DONE;
            }
            return waits.incrementAndGet() < 3 ? new RunResult.Again(Duration.ofMillis(600)) : DONE;
        });
        agenda.ask(KEY);
        agenda.ask(new RunKey.Look("shop"));
        await().untilAsserted(() -> assertThat(agenda.load()).isEqualTo(new DbAgenda.Load(0, 0, 0, 0)));
        assertThat(waits).hasValue(3);
        assertThat(others).hasValue(1);
    }

    @Test
    void aFailedRunIsTriedAgainAndSeenMeanwhile() throws Exception {
        DbAgenda agenda = agenda();
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch seen = new CountDownLatch(1);
        agenda.start(key -> {
            int run = runs.incrementAndGet();
            if (run == 1) {
                throw new IllegalStateException("broken on purpose");
            }
            if (run == 4) {
                seen.await();
            }
            return run < 6
                    ? new RunResult.Failed(new Problem(Problem.Turn.PLATFORM, "the forge is down", "", true))
                    : DONE;
        });
        agenda.ask(KEY);
        await().untilAsserted(() -> assertThat(runs).hasValue(4));
        DbAgenda.Failing failing = agenda.failing(10).getFirst();
        assertThat(failing.key()).isEqualTo(KEY);
        assertThat(failing.failures()).isEqualTo(3);
        assertThat(failing.problem()).isEqualTo("the forge is down");
        seen.countDown();
        await().untilAsserted(() -> assertThat(agenda.load()).isEqualTo(new DbAgenda.Load(0, 0, 0, 0)));
        assertThat(runs).hasValue(6);
        assertThat(agenda.failing(10)).isEmpty();
    }

    @Test
    void neverMoreAtATimeThanItsConcurrency() {
        DbAgenda agenda = agenda("one", 3, Instant::now);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        agenda.start(key -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.sleep(20);
            now.decrementAndGet();
            ended.incrementAndGet();
            return DONE;
        });
        for (int i = 0; i < 40; i++) {
            agenda.ask(new RunKey.Review("shop", i));
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(ended).hasValue(40));
        assertThat(most).hasValue(3);
    }

    /** Whatever is written down before asking is seen by a run, and no key ever runs twice at a time: over two replicas. */
    @Test
    void nothingThatWasAskedForIsLostAndNothingOverlaps() throws Exception {
        int keys = 5;
        AtomicIntegerArray written = new AtomicIntegerArray(keys);
        AtomicIntegerArray read = new AtomicIntegerArray(keys);
        AtomicIntegerArray running = new AtomicIntegerArray(keys);
        AtomicInteger overlaps = new AtomicInteger();
        Runner runner = key -> {
            int number = ((RunKey.Review) key).number();
            if (running.incrementAndGet(number) != 1) {
                overlaps.incrementAndGet();
            }
            int seen = written.get(number);
            Thread.sleep(new Random().nextInt(4));
            read.accumulateAndGet(number, seen, Math::max);
            running.decrementAndGet(number);
            return seen % 7 == 0 ? new RunResult.Again(Duration.ZERO.plusMillis(seen % 3)) : DONE;
        };
        List<DbAgenda> replicas = List.of(agenda("one", 4, Instant::now), agenda("two", 4, Instant::now));
        replicas.forEach(replica -> replica.start(runner));
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            DbAgenda replica = replicas.get(t % 2);
            Random random = new Random(t);
            threads.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 60; i++) {
                    int number = random.nextInt(keys);
                    written.incrementAndGet(number);
                    replica.ask(new RunKey.Review("shop", number));
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        // A key whose last value asks for another run never ends by itself: one more change ends it.
        for (int number = 0; number < keys; number++) {
            while (written.get(number) % 7 == 0) {
                written.incrementAndGet(number);
            }
            replicas.getFirst().ask(new RunKey.Review("shop", number));
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(replicas.getFirst().load()).isEqualTo(new DbAgenda.Load(0, 0, 0, 0)));
        for (int number = 0; number < keys; number++) {
            assertThat(read.get(number)).as("key " + number).isEqualTo(written.get(number));
        }
        assertThat(overlaps).hasValue(0);
    }

    @Test
    void drainsAndLeavesTheRestForTheNextStart() throws Exception {
        DbAgenda first = agenda("one", 1, Instant::now);
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        first.start(key -> {
            began.countDown();
            go.await();
            ended.incrementAndGet();
            return DONE;
        });
        first.ask(KEY);
        first.ask(new RunKey.Look("shop"), Duration.ofMillis(1));
        assertThat(began.await(20, TimeUnit.SECONDS)).isTrue();
        Thread closing = Thread.ofVirtual().start(first::close);
        go.countDown();
        closing.join();
        assertThat(ended.get()).isBetween(1, 2);
        DbAgenda second = agenda("two", 1, Instant::now);
        CountDownLatch rest = new CountDownLatch(2 - ended.get());
        second.start(key -> {
            rest.countDown();
            return DONE;
        });
        assertThat(rest.await(20, TimeUnit.SECONDS)).isTrue();
        await().untilAsserted(() -> assertThat(second.load()).isEqualTo(new DbAgenda.Load(0, 0, 0, 0)));
    }

    @Test
    void aRunThatDoesNotEndInTimeIsInterruptedAndBeginsAgain() throws Exception {
        DbAgenda first = new DbAgenda(
                database().dataSource(),
                false,
                new DbAgenda.Settings(
                        "one", 1, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(100), Backoff.RUNS),
                Instant::now);
        CountDownLatch began = new CountDownLatch(1);
        first.start(key -> {
            began.countDown();
            new CountDownLatch(1).await();
            return DONE;
        });
        first.ask(KEY);
        assertThat(began.await(20, TimeUnit.SECONDS)).isTrue();
        first.close();
        assertThat(first.load()).isEqualTo(new DbAgenda.Load(1, 0, 0, 0));
    }

    @Test
    void startsSoonAfterItWasAsked() throws Exception {
        DbAgenda agenda = agenda();
        Queue<Long> starts = new ConcurrentLinkedQueue<>();
        agenda.start(key -> {
            starts.add(System.nanoTime());
            return DONE;
        });
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            starts.clear();
            long asked = System.nanoTime();
            agenda.ask(new RunKey.Review("shop", i));
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).until(() -> !starts.isEmpty());
            waits.add(starts.remove() - asked);
        }
        waits.sort(null);
        System.out.printf(
                "asked to started: p50 %.1f ms, p90 %.1f ms, most %.1f ms%n",
                waits.get(15) / 1e6, waits.get(27) / 1e6, waits.get(29) / 1e6);
        assertThat(waits.get(15)).isLessThan(Duration.ofMillis(50).toNanos());
    }
}

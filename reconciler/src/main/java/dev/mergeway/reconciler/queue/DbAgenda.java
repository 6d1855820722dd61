package dev.mergeway.reconciler.queue;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.mergeway.reconciler.lifecycle.Backoff;
import dev.mergeway.reconciler.port.Agenda;
import dev.mergeway.reconciler.port.Clock;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.run.RunKey;
import dev.mergeway.reconciler.run.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The agenda in a database, on db-scheduler: durable, the same for one process and for many. One row per key, so a key
 * runs in one place at a time and asking twice is asking once. What this process is asked for starts at once; what
 * another replica was asked for, or what is due later, starts within a poll interval. Runs that change the same environment
 * take turns among replicas: whoever finds another one at it comes back later. A row says that it is picked before its run
 * looks for others, so of two at the same moment at least one sees the other.
 */
public final class DbAgenda implements Agenda, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DbAgenda.class);

    /** Heartbeats that may be missed before a replica is given up for dead; db-scheduler asks for at least 4. */
    private static final int MISSED = 4;

    /** How soon a release looks again whether another replica is through with its environment. */
    private static final Duration TURN = Duration.ofMillis(500);

    private final AgendaRows rows;

    /** A burst of webhooks asks for the same few keys: together they cost a few commits. */
    private final Together<AgendaRows.Asked> asking;

    /**
     * Keys that were asked for at once and did not begin to run since, with the writing of it: whoever asks again has
     * nothing to write. Only where no other process runs them, of which this one would not hear.
     */
    private final Map<String, CompletableFuture<Void>> queued = new ConcurrentHashMap<>();

    private final DataSource database;
    private final boolean exclusive;
    private final Settings settings;
    private final Clock clock;
    private volatile @Nullable Scheduler scheduler;
    private volatile boolean stopping;

    /**
     * An agenda that can be asked and does not run anything yet.
     *
     * @param database has the table {@code agenda}
     * @param exclusive whether no other process can use the database: what seems to run at start is of a process that is
     *     gone, and is queued again without waiting for its heartbeats to fail
     */
    public DbAgenda(DataSource database, boolean exclusive, Settings settings, Clock clock) {
        this.rows = new AgendaRows(Jdbi.create(database));
        this.asking = new Together<>(rows::ask);
        this.database = database;
        this.exclusive = exclusive;
        this.settings = settings;
        this.clock = clock;
    }

    /** Begins to run what is due. */
    public void start(Runner runner) {
        if (exclusive) {
            int revived = rows.reviveAll(clock.now());
            if (revived > 0) {
                LOG.info("{} runs of the last process did not end; they begin again now.", revived);
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(
                settings.concurrency(), Thread.ofVirtual().name("run-", 0).factory());
        SchedulerBuilder builder = Scheduler.create(database, task(runner))
                .schedulerName(new SchedulerName.Fixed(settings.replica()))
                .tableName("agenda")
                .clock(clock::now)
                .threads(settings.concurrency())
                .executorService(threads)
                .pollingInterval(settings.poll())
                .heartbeatInterval(settings.heartbeat())
                .missedHeartbeatsLimit(MISSED)
                .shutdownMaxWait(settings.drain())
                .failureLogging(LogLevel.ERROR, true);
        if (exclusive) {
            // What it finds out by itself for H2 too, and warns about: our columns keep their time zone.
            builder.jdbcCustomization(new DefaultJdbcCustomization(false));
        }
        Scheduler started = builder.build();
        scheduler = started;
        started.start();
    }

    @Override
    public void ask(RunKey key, Duration delay) {
        AgendaRows.Asked asked = new AgendaRows.Asked(key.text(), clock.now().plus(delay));
        if (delay.isPositive()) {
            asking.write(asked);
            return;
        }
        if (exclusive) {
            once(asked);
        } else {
            asking.write(asked);
        }
        look();
    }

    private void once(AgendaRows.Asked asked) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        CompletableFuture<Void> before = queued.putIfAbsent(asked.key(), written);
        if (before != null) {
            before.join(); // durable before anybody goes on
            return;
        }
        try {
            asking.write(asked);
            written.complete(null);
        } catch (RuntimeException | Error e) {
            queued.remove(asked.key(), written);
            written.completeExceptionally(e);
            throw e;
        }
    }

    /**
     * Asks for a run within somebody else's transaction: it is durable with whatever else is written there. Whoever committed
     * it says {@link #look()}.
     */
    public static void ask(Handle handle, RunKey key, Instant at) {
        AgendaRows.ask(handle, key.text(), at);
    }

    /** Looks for what is due now instead of at the next poll. */
    @Override
    public void look() {
        Scheduler running = scheduler;
        if (running != null && !stopping) {
            running.triggerCheckForDueExecutions();
        }
    }

    /** Whether a run of the key is going on, in whatever replica; one that died counts until its heartbeats are missed. */
    public boolean underWay(RunKey key) {
        return rows.elsewhere(Set.of(key.text()), "");
    }

    /** How much waits, runs and fails now, over all replicas. */
    public Load load() {
        return rows.load(clock.now());
    }

    /** Keys whose last run failed, the most stubborn first. */
    public List<Failing> failing(int limit) {
        return rows.failing(limit);
    }

    /** Drains: starts nothing any more, waits for what runs, then interrupts it. What did not end resumes at next start. */
    @Override
    public void close() {
        Scheduler running = scheduler;
        boolean first = !stopping;
        stopping = true;
        if (running != null && first) {
            running.stop();
        }
    }

    private Task<Void> task(Runner runner) {
        return Tasks.custom(AgendaRows.TASK, Void.class)
                .onDeadExecution((complete, operations) -> {
                    Execution dead = complete.getExecution();
                    LOG.warn("{} ran in {}, which is gone; it begins again.", dead.taskInstance.getId(), dead.pickedBy);
                    rows.revive(dead, clock.now());
                    look();
                })
                .onFailure((complete, operations) -> failed(
                        complete.getExecution(),
                        complete.getCause().map(Throwable::toString).orElse("no reason given")))
                .execute((instance, context) -> run(runner, context.getExecution()));
    }

    private CompletionHandler<Void> run(Runner runner, Execution execution) {
        String key = execution.taskInstance.getId();
        queued.remove(key); // what is asked for from here on may be news to this run
        MDC.put("run", key);
        try {
            RunKey asked = RunKey.parse(key);
            if (!exclusive && rows.elsewhere(asked.turn(), settings.replica())) {
                // A release comes back sooner than a check, so that two who met do not meet again.
                Duration wait = asked instanceof RunKey.Release ? TURN : TURN.multipliedBy(4);
                return (complete, operations) -> ended(execution, new RunResult.Again(wait));
            }
            RunResult result = runner.run(asked);
            return (complete, operations) -> ended(execution, result);
        } catch (InterruptedException e) {
            LOG.info("{} was interrupted by the drain; it begins again at the next start.", key);
            return (complete, operations) -> rows.again(execution, clock.now(), clock.now());
        } catch (RuntimeException e) {
            LOG.error("{} broke; this is a mistake in Mergeway.", key, e);
            Problem problem = new Problem(Problem.Turn.MERGEWAY, e.toString(), "", true);
            return (complete, operations) -> ended(execution, new RunResult.Failed(problem));
        } finally {
            MDC.remove("run");
        }
    }

    private void ended(Execution run, RunResult result) {
        Instant now = clock.now();
        switch (result) {
            case RunResult.Done() -> {
                if (rows.done(run, now)) {
                    look();
                }
            }
            case RunResult.Again(Duration after) -> {
                rows.again(run, now.plus(after), now);
                look();
            }
            case RunResult.Failed(Problem problem) -> failed(run, problem.message());
        }
    }

    private void failed(Execution run, String problem) {
        int failures = run.consecutiveFailures + 1;
        Duration wait =
                settings.backoff().after(failures, ThreadLocalRandom.current().nextDouble());
        Instant now = clock.now();
        rows.failed(run, now.plus(wait), now, problem);
        LOG.warn(
                "{} failed, {} in a row; it is tried again in {} s: {}",
                run.taskInstance.getId(),
                failures,
                String.format(Locale.ROOT, "%.1f", wait.toMillis() / 1000.0),
                problem);
        look();
    }

    /**
     * How it runs.
     *
     * @param replica name of this process, unique among those that share the database, at most 100 characters
     * @param concurrency most runs at a time in this process
     * @param poll how often it looks for what is due when nobody asks; one indexed read each
     * @param heartbeat how often it says that its runs go on; a replica that misses four is given up for dead
     * @param drain how long {@link #close()} waits for runs before it interrupts them
     * @param backoff when a failed run is tried again
     */
    public record Settings(
            String replica, int concurrency, Duration poll, Duration heartbeat, Duration drain, Backoff backoff) {
        public Settings {
            if (concurrency < 1 || concurrency > 1_000) {
                throw new IllegalArgumentException("concurrency is from 1 to 1000, not " + concurrency);
            }
        }

        /**
         * The defaults: a poll each second, which is a tenth of a percent of a core on H2 and bounds how late a delayed
         * run is; a dead replica noticed after 20 to 25 seconds; 30 seconds of drain, as Kubernetes gives.
         */
        public static Settings of(String replica, int concurrency) {
            return new Settings(
                    replica,
                    concurrency,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(25),
                    Backoff.RUNS);
        }
    }

    /**
     * How much there is.
     *
     * @param due could start now
     * @param later starts later
     * @param running runs
     * @param failing failed last time
     */
    public record Load(int due, int later, int running, int failing) {}

    /**
     * A key whose last run failed.
     *
     * @param failures how often in a row
     * @param next when it is tried again
     * @param problem why it failed
     */
    public record Failing(RunKey key, int failures, Instant next, String problem) {}
}

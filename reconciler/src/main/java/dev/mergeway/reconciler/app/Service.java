package dev.mergeway.reconciler.app;

import dev.mergeway.reconciler.flow.CommentCommands;
import dev.mergeway.reconciler.flow.Flows;
import dev.mergeway.reconciler.flow.Hints;
import dev.mergeway.reconciler.flow.Library;
import dev.mergeway.reconciler.flow.Memory;
import dev.mergeway.reconciler.flow.PullNews;
import dev.mergeway.reconciler.flow.World;
import dev.mergeway.reconciler.forge.local.LocalForge;
import dev.mergeway.reconciler.forge.local.LocalWatch;
import dev.mergeway.reconciler.git.MirrorRepository;
import dev.mergeway.reconciler.http.Check;
import dev.mergeway.reconciler.port.Clock;
import dev.mergeway.reconciler.port.Forge;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.port.Target;
import dev.mergeway.reconciler.port.TargetException;
import dev.mergeway.reconciler.queue.DbAgenda;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.reconciler.run.RunKey;
import dev.mergeway.reconciler.store.Changes;
import dev.mergeway.reconciler.store.Database;
import dev.mergeway.reconciler.store.History;
import dev.mergeway.reconciler.store.JdbcDeliveries;
import dev.mergeway.reconciler.store.JdbcJournal;
import dev.mergeway.reconciler.store.JdbcLedger;
import dev.mergeway.webhooks.event.RepoEvent;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole service, wired: what it follows, what it remembers, what it runs, what it serves. */
public final class Service implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    /** How long changes are gathered before somebody looks; a hand edit is put right within two seconds all the same. */
    private static final Duration BURST = Duration.ofMillis(300);

    /** How often pending statuses are looked at. */
    private static final Duration SWEEP = Duration.ofMinutes(1);

    /** How long nothing has run when memory is given back. */
    private static final Duration LEISURE = Duration.ofSeconds(20);

    private final ServerConfig config;
    private final Clock clock = Instant::now;
    private final List<AutoCloseable> closing = new ArrayList<>();
    private final Metrics metrics = new Metrics();
    private final Hints hints = new Hints();
    private final Leisure leisure = new Leisure();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("mergeway-timer").factory());
    private int port;

    private Service(ServerConfig config) {
        this.config = config;
    }

    /**
     * Starts everything.
     *
     * @throws StartException if something cannot start; what had started is closed again
     */
    public static Service start(ServerConfig config) throws StartException {
        Service service = new Service(config);
        try {
            service.open();
            return service;
        } catch (RepositoryException | ForgeException | TargetException | IOException | RuntimeException e) {
            service.close();
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    /** It cannot start; the message says why and what to do. */
    public static final class StartException extends Exception {
        StartException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    private void open() throws RepositoryException, ForgeException, TargetException, IOException {
        try {
            Files.createDirectories(config.dataDir());
        } catch (IOException e) {
            throw new IOException(
                    "The data folder " + config.dataDir() + " cannot be made (" + why(e)
                            + "). Check dataDir, and who may write there.",
                    e);
        }
        // Side by side, since each is half a second of loading classes.
        FutureTask<Database> opening = new FutureTask<>(() -> Database.open(
                config.database().url(),
                config.database().user(),
                config.database().password()));
        Thread.ofVirtual().name("database").start(opening);
        Outside outside = closed(new Outside(config, clock));
        World world;
        Library library;
        try {
            world = outside.open();
            library = new Library(world, metrics, Build.cache(config.dataDir().resolve("index")));
        } finally {
            closing.addFirst(opened(opening)); // is closed last
        }
        Database database = opened(opening);
        Changes changes = new Changes();
        JdbcLedger ledger = new JdbcLedger(database, changes);
        JdbcJournal journal = new JdbcJournal(database, changes, clock);
        JdbcDeliveries deliveries = closed(new JdbcDeliveries(database, DbAgenda::ask));
        DbAgenda agenda = new DbAgenda(
                database.dataSource(),
                database.exclusive(),
                DbAgenda.Settings.of(replica(), config.concurrency()),
                clock);
        Memory memory = new Memory(ledger, journal, agenda, clock, metrics);
        String pages = config.publicUrl().toString();
        Flows flows = new Flows(world, memory, library, pages, hints, config.concurrency());
        PullNews news = new PullNews(memory, hints.announcements());
        Events events = new Events(world.all(), agenda, new CommentCommands(memory), news);
        FlowRunner runner = new FlowRunner(flows, clock, metrics, leisure);
        Rounds rounds = new Rounds(world, memory, hints);
        rounds.takeUp(run -> !database.exclusive() && agenda.underWay(run.key()));
        rounds.resume();
        closed(agenda);
        agenda.start(runner);
        watch(
                world,
                outside,
                agenda,
                (forge, event) -> events.orders(forge, event).forEach(runner::run));
        Doors.Rooms rooms = new Doors.Rooms(database, ledger, changes, library, metrics, deliveries, events);
        port = closed(new Doors(config, rooms, () -> checks(world, database))).port();
        timer.scheduleWithFixedDelay(leisure::look, LEISURE.toMillis(), LEISURE.toMillis(), TimeUnit.MILLISECONDS);
        Duration interval = config.interval();
        rounds.repositories();
        timer.scheduleWithFixedDelay(
                () -> guarded(flows::sweep), SWEEP.toSeconds(), SWEEP.toSeconds(), TimeUnit.SECONDS);
        timer.scheduleWithFixedDelay(
                () -> guarded(() -> {
                    rounds.takeUp(run -> agenda.underWay(run.key()));
                    rounds.everything();
                    new History(database).prune(clock.now());
                }),
                interval.toMillis(),
                interval.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private static String why(IOException e) {
        return e instanceof FileAlreadyExistsException
                ? "a file is in its place"
                : String.valueOf(e instanceof FileSystemException known ? known.getReason() : e.getMessage());
    }

    private static Database opened(FutureTask<Database> opening) throws IOException {
        try {
            return opening.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IOException("opening the database failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while the database was opened", e);
        }
    }

    private static List<Check> checks(World world, Database database) {
        List<Check> checks = new ArrayList<>();
        boolean reachable = database.reachable();
        checks.add(new Check("database", reachable, reachable ? "" : "it does not answer"));
        for (RepositoryInfo info : world.all()) {
            boolean cloned = !(world.repository(info) instanceof MirrorRepository mirror) || mirror.ready();
            checks.add(new Check("repository " + info.name(), cloned, cloned ? "" : "it is not cloned yet"));
        }
        return checks;
    }

    private <T extends AutoCloseable> T closed(T resource) {
        closing.add(resource);
        return resource;
    }

    private static String replica() {
        return ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    }

    private void watch(World world, Outside outside, DbAgenda agenda, BiConsumer<String, RepoEvent> heard)
            throws TargetException {
        Map<String, Path> folders = new HashMap<>();
        Map<String, RepositoryInfo> byPath = new HashMap<>();
        outside.bare()
                .forEach((name, folder) -> world.info(name).ifPresent(info -> {
                    folders.put(info.path(), folder);
                    byPath.put(info.path(), info);
                }));
        if (!folders.isEmpty()) {
            closed(new LocalWatch(folders, path -> guarded(() -> pushed(world, byPath.get(path), agenda, heard)))
                    .start());
        }
        for (Target target : world.targets().values()) {
            closed(target.watch(change -> {
                // A burst, such as an apply of ours, is looked at once.
                if (hints.add(change.environment(), change.key())) {
                    agenda.ask(new RunKey.Drift(change.environment()), BURST);
                }
            }));
        }
    }

    private static void pushed(
            World world,
            @org.jspecify.annotations.Nullable RepositoryInfo info,
            DbAgenda agenda,
            BiConsumer<String, RepoEvent> heard)
            throws ForgeException {
        if (info == null) {
            return;
        }
        agenda.ask(new RunKey.Look(info.name()));
        Forge forge = world.forge(info);
        if (forge instanceof LocalForge local) {
            for (RepoEvent event : local.look(info.path())) {
                heard.accept(forge.name(), event);
            }
        }
    }

    private interface Task {
        void run() throws Exception;
    }

    /** What goes wrong now is found by looking the next time. */
    private static void guarded(Task task) {
        try {
            task.run();
        } catch (Exception e) {
            LOG.warn("looking around failed and is done again at the next interval", e);
        }
    }

    /** Drains and closes, the last opened first. */
    @Override
    public void close() {
        timer.shutdownNow();
        for (int index = closing.size() - 1; index >= 0; index--) {
            try {
                closing.get(index).close();
            } catch (Exception e) {
                LOG.warn("closing {} failed", closing.get(index).getClass().getSimpleName(), e);
            }
        }
        closing.clear();
    }
}

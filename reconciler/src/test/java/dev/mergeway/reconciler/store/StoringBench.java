package dev.mergeway.reconciler.store;

import dev.mergeway.reconciler.queue.DbAgenda;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** How fast deliveries are stored, beside the same rows inserted one by one. Run by hand: {@code mvn test -Dtest=StoringBench}. */
class StoringBench {
    private static final int DELIVERIES = 10_000;

    @Test
    void h2() throws Exception {
        Path folder = Files.createTempDirectory("bench");
        try (Database database = Database.open("jdbc:h2:file:" + folder.resolve("bench"), "", "")) {
            run("H2", database);
        }
    }

    @Test
    void postgres() throws Exception {
        try (Database database = Database.open(Postgres.url("bench"), "", "")) {
            run("PostgreSQL", database);
        }
    }

    private static void run(String name, Database database) throws Exception {
        try (JdbcDeliveries deliveries = new JdbcDeliveries(database, DbAgenda::ask)) {
            measure(name + " warm-up", 64, i -> deliveries.store("warm", "w" + i, "push", Instant.EPOCH, List.of()));
            measure(name + " 64 at once", 64, i -> deliveries.store("corp", "a" + i, "push", Instant.EPOCH, List.of()));
            measure(
                    name + " 512 at once",
                    512,
                    i -> deliveries.store("corp", "b" + i, "push", Instant.EPOCH, List.of()));
            measure(name + " one by one, without us", 12, i -> {
                database.jdbi()
                        .useHandle(handle -> handle.execute(
                                "insert into deliveries (forge, id, event, received) values ('plain', ?, 'push', current_timestamp)",
                                "p" + i));
                return true;
            });
        }
    }

    private static void measure(String name, int atOnce, Store store) throws Exception {
        List<Callable<Long>> calls = new ArrayList<>();
        Semaphore room = new Semaphore(atOnce);
        for (int i = 0; i < DELIVERIES; i++) {
            int number = i;
            calls.add(() -> {
                room.acquire();
                try {
                    long begin = System.nanoTime();
                    store.one(number);
                    return System.nanoTime() - begin;
                } finally {
                    room.release();
                }
            });
        }
        long begin = System.nanoTime();
        List<Long> took = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Long> call : threads.invokeAll(calls)) {
                took.add(call.get());
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        Collections.sort(took);
        System.out.printf(
                "%s: %.0f a second, p50 %.1f ms, p99 %.1f ms%n",
                name, DELIVERIES / seconds, took.get(DELIVERIES / 2) / 1e6, took.get(DELIVERIES * 99 / 100) / 1e6);
    }

    /** Stores one. */
    private interface Store {
        boolean one(int number);
    }
}

package dev.mergeway.reconciler.bench;

import dev.mergeway.reconciler.git.OriginRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repositories of 10, 1,000 and 10,000 specs: start → ready, push of one changed spec → applied, plan of one. */
class RepositoryBench {
    private static final int PUSHES = Integer.getInteger("bench.pushes", 25);
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    @TempDir
    Path folder;

    @Test
    void oneEnvironmentOrMany() throws Exception {
        for (String size : System.getProperty("bench.sizes", "10,1000,10000").split(",")) {
            int specs = Integer.parseInt(size);
            for (int environments : specs > 50 ? new int[] {1, specs / 50} : new int[] {1}) {
                measure(new SpecRepository(folder.resolve(specs + "-" + environments), specs, environments));
            }
        }
    }

    private static void measure(SpecRepository specs) throws Exception {
        String title = specs.specs() + " specs in " + specs.environments() + " environment(s)";
        specs.make();
        try (OriginRepository repository = specs.open()) {
            try (RunningService service = RunningService.start(specs.config())) {
                say(title, "first start → ready %.0f ms", service.readyMillis());
                say(title, "everything applied after %.1f s", everythingApplied(specs) / 1000);
                say(title, "push → applied: %s", pushes(specs, repository, 5).text() + " (warm-up)");
                say(
                        title,
                        "push → applied: %s",
                        pushes(specs, repository, PUSHES).text());
                plan(title, specs, repository, service);
                say(title, "resident memory %d MiB", service.residentMib().orElse(0L));
            }
            try (RunningService service = RunningService.start(specs.config())) {
                say(title, "second start → ready %.0f ms", service.readyMillis());
                say(
                        title,
                        "push → applied right after it: %s",
                        pushes(specs, repository, 1).text());
                say(title, "files read since the start: %d", service.counter("mergeway_files_read_total"));
            }
        }
    }

    private static void say(String title, String format, Object... values) {
        System.out.println(title + ": " + String.format(Locale.ROOT, format, values));
    }

    private static double everythingApplied(SpecRepository specs) throws Exception {
        long began = System.nanoTime();
        for (int spec = 0; spec < specs.specs(); spec++) {
            int number = spec;
            until(() -> holds(specs, number, "1.0.0"), 20);
        }
        return (System.nanoTime() - began) / 1e6;
    }

    private static Samples pushes(SpecRepository specs, OriginRepository repository, int count) throws Exception {
        List<Double> millis = new ArrayList<>();
        for (int push = 0; push < count; push++) {
            int spec = Math.floorMod(push * 7919 + 13, specs.specs());
            String tag = "t" + System.nanoTime();
            String parent = repository.head("main").orElseThrow();
            String commit = specs.commit(repository, parent, spec, tag);
            // Pushes come at any phase of the service's ticks.
            RunningService.pause(200 + push * 37L % 250);
            long began = System.nanoTime();
            repository.point("refs/heads/main", Optional.of(parent), Optional.of(commit));
            until(() -> holds(specs, spec, tag), 1);
            millis.add((System.nanoTime() - began) / 1e6);
        }
        return new Samples(millis);
    }

    private static void plan(String title, SpecRepository specs, OriginRepository repository, RunningService service)
            throws Exception {
        settled(service);
        long read = service.counter("mergeway_files_read_total");
        long rendered = service.counter("mergeway_specs_rendered_total");
        String commit = specs.commit(repository, repository.head("main").orElseThrow(), specs.specs() / 2, "planned");
        long began = System.nanoTime();
        repository.point("refs/heads/change", Optional.empty(), Optional.of(commit));
        until(() -> service.get("/api/v1/pulls/all/1").contains("\"hash\""), 5);
        double took = (System.nanoTime() - began) / 1e6;
        read = service.counter("mergeway_files_read_total") - read;
        rendered = service.counter("mergeway_specs_rendered_total") - rendered;
        say(title, "branch → plan %.0f ms; read %d file(s), rendered %d spec(s)", took, read, rendered);
    }

    /** Waits until nothing is counted any more: the last release's drift check is over. */
    private static void settled(RunningService service) throws Exception {
        for (long before = -1, now = 0; now != before; ) {
            before = service.counter("mergeway_specs_rendered_total");
            RunningService.pause(1_500);
            now = service.counter("mergeway_specs_rendered_total");
        }
    }

    private static boolean holds(SpecRepository specs, int spec, String tag) throws IOException {
        try {
            return Files.readString(specs.live(spec)).contains(":" + tag);
        } catch (IOException e) {
            return false;
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void until(Condition condition, long pause) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new IOException("waited " + PATIENCE + " in vain");
            }
            RunningService.pause(pause);
        }
    }
}

package dev.mergeway.reconciler.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A service in a process of its own, started as {@code ./mergeway serve} starts it where the property {@code
 * bench.launcher} names that file, else from the classpath of this process. {@code bench.prefix} goes before the command,
 * such as {@code nice -n -5}.
 */
final class RunningService implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("serving on port (\\d+)");

    private final Process process;
    private final Path log;
    private final double readyMillis;
    private final String url;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningService(Process process, Path log, long began) throws IOException, InterruptedException {
        this.process = process;
        this.log = log;
        this.url = "http://127.0.0.1:" + port();
        while (status("/readyz") != 200) {
            pause(1);
        }
        this.readyMillis = (System.nanoTime() - began) / 1e6;
    }

    /** Starts and waits until it is ready. */
    static RunningService start(Path config) throws IOException, InterruptedException {
        Path log = Files.createTempFile(config.getParent(), "serve", ".log");
        List<String> command = new ArrayList<>(command());
        command.addAll(List.of("serve", "--config", config.toString()));
        long began = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new RunningService(process, log, began);
    }

    /** How {@code mergeway} is called here, with the options of the JVM that {@code bench.options} names. */
    static List<String> command() {
        return command(System.getProperty("bench.options", ""));
    }

    /** How {@code mergeway} is called here, with these options of the JVM, as {@code MERGEWAY_JAVA_OPTS} has them. */
    static List<String> command(String options) {
        List<String> command = new ArrayList<>();
        String prefix = System.getProperty("bench.prefix", "");
        if (!prefix.isBlank()) {
            command.addAll(List.of(prefix.strip().split(" ")));
        }
        String launcher = System.getProperty("bench.launcher", "");
        if (!launcher.isEmpty()) {
            command.addAll(List.of("env", "MERGEWAY_JAVA_OPTS=" + options, launcher));
            return command;
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xms64m",
                "-XX:MinHeapFreeRatio=15",
                "-XX:MaxHeapFreeRatio=30",
                "-XX:-ShrinkHeapInSteps",
                "-XX:MarkSweepDeadRatio=0",
                "-XX:TrimNativeHeapInterval=60000",
                "-Djdk.nio.maxCachedBufferSize=65536"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        if (!options.isBlank()) {
            command.addAll(List.of(options.strip().split(" ")));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.mergeway.reconciler.app.Main"));
        return command;
    }

    /** Milliseconds from the start of the process to the first 200 of {@code /readyz}. */
    double readyMillis() {
        return readyMillis;
    }

    private int port() throws IOException, InterruptedException {
        while (true) {
            Matcher matcher = PORT.matcher(Files.readString(log));
            if (matcher.find()) {
                return Integer.parseInt(matcher.group(1));
            }
            if (!process.isAlive()) {
                throw new IOException("it did not start:\n" + Files.readString(log));
            }
            pause(1);
        }
    }

    int status(String path) throws InterruptedException {
        try {
            return http.send(request(path), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Where it serves, such as {@code http://127.0.0.1:41234}. */
    String url() {
        return url;
    }

    String get(String path) throws IOException, InterruptedException {
        return http.send(request(path), HttpResponse.BodyHandlers.ofString()).body();
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(60))
                .build();
    }

    /** The value of a counter, 0 where it was never counted. */
    long counter(String name) throws IOException, InterruptedException {
        return get("/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .mapToLong(Double::longValue)
                .sum();
    }

    /** Resident memory in MiB, where the system tells. */
    Optional<Long> residentMib() throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.exists(status)) {
            return Optional.empty();
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst();
    }

    /** Processor time of the process so far, user and system, as Linux counts it. */
    double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        double ticksPerSecond = 100; // USER_HZ, the same on every Linux of today
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / ticksPerSecond;
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** A short rest between two looks at something outside this process, which nothing else can tell us of. */
    static void pause(long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

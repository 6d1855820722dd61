package dev.mergeway.reconciler.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.app.ConfigReader;
import dev.mergeway.reconciler.app.Main;
import dev.mergeway.reconciler.app.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real service with a configuration file, in this JVM or in one of its own, and its doors. */
final class Mergeway implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final Path config;
    private final Map<String, String> environment;
    private final int port;
    private @Nullable Service service;

    /**
     * Writes a configuration; starts nothing yet.
     *
     * @param folder where everything of it is
     * @param sections what the configuration has beside its address, its folder and its interval
     * @param environment environment variables that it reads
     */
    Mergeway(Path folder, String sections, Map<String, String> environment) {
        this(folder, sections, environment, 8);
    }

    /**
     * As above.
     *
     * @param concurrency how many runs there may be at once
     */
    Mergeway(Path folder, String sections, Map<String, String> environment, int concurrency) {
        this.folder = folder;
        this.config = folder.resolve("server.yaml");
        this.environment = environment;
        this.port = freePort();
        String head = """
                apiVersion: mergeway.dev/v1
                kind: Server
                spec:
                  listen: 127.0.0.1:%d
                  dataDir: ./data
                  reconcile: { interval: 1h, concurrency: %d }
                """.formatted(port, concurrency);
        try {
            Files.writeString(config, head + sections.indent(2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a command printed and how it ended. */
    record Answer(int exit, String out, String err) {}

    /** Where it listens. */
    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Its configuration file. */
    Path config() {
        return config;
    }

    /** Starts it in this JVM. */
    Mergeway start() {
        try {
            ConfigReader.Read read = ConfigReader.read(config, environment::get);
            assertThat(read.findings()).isEmpty();
            service = Service.start(read.config().orElseThrow());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Service.StartException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops it; its database and clones stay. */
    Mergeway stop() {
        Service running = service;
        service = null;
        if (running != null) {
            running.close();
        }
        return this;
    }

    /** Deletes its database; it must not run. */
    void forget() {
        try (var files = Files.list(folder.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What its API answers; a missing node where it answers anything but 200. */
    JsonNode api(String path) {
        HttpResponse<String> response = send(HttpRequest.newBuilder(url().resolve("/api/v1" + path)));
        return response.statusCode() == 200 ? JSON.readTree(response.body()) : JSON.missingNode();
    }

    /** Sends it a request. */
    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts its program in a JVM of its own. */
    Process launch(ProcessBuilder.Redirect out, ProcessBuilder.Redirect err, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dlogback.configurationFile=logback.xml", // as in earnest: standard output is what was asked for
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs one of its commands to the end. */
    Answer run(String... arguments) {
        try {
            Path err = Files.createTempFile(folder, "command", ".err");
            Process process = launch(ProcessBuilder.Redirect.PIPE, ProcessBuilder.Redirect.to(err.toFile()), arguments);
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(process.waitFor(), out, Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
        http.close();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.mergeway.reconciler.forge.gitea;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The Gitea that {@code .ci/servers} built. */
final class GiteaProcess {
    private GiteaProcess() {}

    /** Whether it was built. */
    static boolean isBuilt() {
        try {
            Optional<Path> script = script();
            return script.isPresent() && !run(script.get(), "path", "gitea").isBlank();
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts one with fresh state. */
    static Started start() throws IOException, InterruptedException {
        Path script = script().orElseThrow();
        String folder = Files.createTempDirectory("mergeway-gitea").toString();
        Map<String, String> facts = new HashMap<>();
        run(script, "start", "gitea", folder, Integer.toString(freePort()))
                .lines()
                .map(line -> line.split("=", 2))
                .forEach(fact -> facts.put(fact[0], fact[1]));
        return new Started(
                URI.create(facts.getOrDefault("GITEA_URL", "")),
                facts.getOrDefault("GITEA_ADMIN", ""),
                facts.getOrDefault("GITEA_TOKEN", ""),
                UnaryOperator.identity(),
                () -> run(script, "stop", folder));
    }

    private static Optional<Path> script() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path script = at.resolve(".ci/servers");
            if (Files.isExecutable(script)) {
                return Optional.of(script);
            }
        }
        return Optional.empty();
    }

    private static String run(Path script, String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = script.toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
        return out.strip();
    }

    /** Gitea takes the port and the one above it. */
    private static int freePort() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        while (true) {
            try (ServerSocket first = new ServerSocket(0, 1, loopback);
                    ServerSocket second = new ServerSocket(first.getLocalPort() + 1, 1, loopback)) {
                return Math.min(first.getLocalPort(), second.getLocalPort());
            } catch (BindException taken) {
                continue;
            }
        }
    }
}

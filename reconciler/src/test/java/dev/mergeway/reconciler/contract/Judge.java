package dev.mergeway.reconciler.contract;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A proxy in front of a stand-in that lets everything through and reports in the header {@code sl-violations} what the
 * forge's own description does not allow.
 */
final class Judge implements AutoCloseable {
    private static final Path GITHUB = Optional.ofNullable(System.getenv("MERGEWAY_TEST_DATA"))
            .map(Path::of)
            .orElseGet(() -> Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                    .map(Path::of)
                    .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                    .resolve("mergeway/test-data"))
            .resolve("github-contract-23.0.2");

    private final Process process;
    private final URI url;

    private Judge(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** GitHub's own description of its API, for Enterprise 3.19. */
    static Path description() {
        return GITHUB.resolve("node_modules/@octokit/openapi/generated/ghes-3.19.json");
    }

    /** Whether GitHub's description and the proxy that reads it are here. */
    static boolean hasGitHub() {
        return Files.exists(GITHUB.resolve(".complete"));
    }

    /** Whether the judge of GitLab is built. */
    static boolean hasGitLab() {
        return built().isPresent();
    }

    /** Judges by GitHub's own description. */
    static Judge gitHub(URI upstream) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Process process = started(
                GITHUB.resolve("node_modules/.bin/prism").toString(),
                "proxy",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                description().toString(),
                upstream.toString());
        awaitListening(process);
        return new Judge(process, URI.create("http://127.0.0.1:" + port));
    }

    /** Judges by GitLab's own client. */
    static Judge gitLab(URI upstream) throws IOException {
        Path folder =
                built().orElseThrow(() -> new IOException("no judge of GitLab: run .ci/servers build gitlab-contract"));
        Process process = started(folder.resolve("gitlab-contract").toString(), upstream.toString());
        String line = awaitListening(process);
        return new Judge(process, URI.create(line.substring(0, line.indexOf(' '))));
    }

    URI url() {
        return url;
    }

    /** The folder of the judge of GitLab, where it is built. */
    private static Optional<Path> built() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path script = at.resolve(".ci/servers");
            if (Files.isExecutable(script)) {
                try {
                    Process process = new ProcessBuilder(script.toString(), "path", "gitlab-contract")
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
                    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
                    return out.isEmpty() ? Optional.empty() : Optional.of(Path.of(out));
                } catch (IOException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static Process started(String... command) throws IOException {
        return new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                // From a pipe of ours prism would wait for more.
                .redirectInput(
                        command.length > 2
                                ? ProcessBuilder.Redirect.from(new File("/dev/null"))
                                : ProcessBuilder.Redirect.PIPE)
                .start();
    }

    private static String awaitListening(Process process) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        while (line != null && !line.contains("is listening")) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException("the judge ended before it listened");
        }
        Thread.ofVirtual().start(() -> output.lines().forEach(rest -> {}));
        return line;
    }

    @Override
    public void close() {
        process.destroy();
    }
}

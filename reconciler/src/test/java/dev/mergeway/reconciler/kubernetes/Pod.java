package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.servers.Command;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A Java process that finds what a container of a pod finds: where the API server is in its environment, and its service
 * account in {@code /var/run/secrets/kubernetes.io/serviceaccount}, in a mount namespace of its own.
 */
final class Pod implements AutoCloseable {
    private static final String MOUNTED = """
            mount -t tmpfs none "$(readlink -f /var/run)" &&
            mkdir -p /var/run/secrets/kubernetes.io/serviceaccount &&
            mount --bind "$0" /var/run/secrets/kubernetes.io/serviceaccount &&
            exec "$@"
            """;
    private static final List<String> APART =
            List.of("unshare", "--map-root-user", "--mount", "--propagation", "private", "sh", "-c", MOUNTED);

    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    private Pod(Process process) {
        this.process = process;
        this.questions = process.outputWriter();
        this.answers = process.inputReader();
    }

    /** Skips the test where nobody may have mounts of his own. */
    static void assumeAllowed(Path folder) {
        List<String> command = new ArrayList<>(APART);
        command.addAll(List.of(folder.toString(), "true"));
        try {
            Command.run(command, "");
        } catch (IllegalStateException | UncheckedIOException e) {
            Assumptions.abort("no mount namespaces here: " + e.getMessage());
        }
    }

    /**
     * Starts one.
     *
     * @param account a folder that {@link #mount} filled
     * @param main the class to run, which answers each line with a line
     */
    static Pod start(KubernetesServer server, Path account, Class<?> main, String argument) throws IOException {
        List<String> command = new ArrayList<>(APART);
        command.addAll(List.of(
                account.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName(),
                argument));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
        builder.environment().put("KUBERNETES_SERVICE_HOST", "127.0.0.1");
        builder.environment().put("KUBERNETES_SERVICE_PORT", String.valueOf(server.port()));
        return new Pod(builder.start());
    }

    /** Puts a token where the pod finds it, all at once as the kubelet does: by a link to a folder that is complete. */
    static void mount(Path account, Path authority, String token) throws IOException {
        Path data = Files.createDirectory(account.resolve(".." + UUID.randomUUID()));
        Files.writeString(data.resolve("token"), token);
        Files.copy(authority, data.resolve("ca.crt"));
        Path link = Files.createSymbolicLink(account.resolve("..data_tmp"), data.getFileName());
        Files.move(link, account.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        for (String file : List.of("token", "ca.crt")) {
            if (!Files.isSymbolicLink(account.resolve(file))) {
                Files.createSymbolicLink(account.resolve(file), Path.of("..data", file));
            }
        }
    }

    /** What it answers; lines of its log are passed over. */
    String ask(String question) throws IOException {
        questions.append(question).append('\n').flush();
        @Nullable String line = answers.readLine();
        while (line != null && !line.startsWith("> ")) {
            line = answers.readLine();
        }
        if (line == null) {
            throw new IOException("the pod ended");
        }
        return line.substring(2);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}

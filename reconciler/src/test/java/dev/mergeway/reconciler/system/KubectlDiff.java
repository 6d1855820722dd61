package dev.mergeway.reconciler.system;

import dev.mergeway.reconciler.kubernetes.KubernetesServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What kubectl thinks of what {@code mergeway render} prints. */
final class KubectlDiff {
    private KubectlDiff() {}

    /**
     * Lines that {@code kubectl diff --server-side} shows beyond our marks of ownership, which are no part of what is
     * rendered. Secrets are left out: what is generated is printed as an expression.
     */
    static List<String> beyondMarks(KubernetesServer server, String rendered) {
        List<String> beyond = new ArrayList<>();
        for (String line : diff(server, withoutSecrets(rendered), List.of("--field-manager=mergeway"))
                .lines()
                .toList()) {
            boolean changes = (line.startsWith("+") && !line.startsWith("+++"))
                    || (line.startsWith("-") && !line.startsWith("---"));
            if (changes && !isMark(line)) {
                beyond.add(line);
            }
        }
        return beyond;
    }

    /**
     * All that {@code kubectl diff --server-side} of it shows under kubectl's own name. What others own in the objects, such
     * as our marks of ownership, is none of its business. It must not mind conflicts: an empty text that we own counts as
     * one though it is the same (seen with 1.35).
     */
    static String asAnybody(KubernetesServer server, String rendered) {
        return diff(server, withoutSecrets(rendered), List.of("--force-conflicts"))
                .lines()
                .filter(line -> !line.startsWith("Warning: ")) // of pod security, on its other channel
                .collect(Collectors.joining("\n"));
    }

    private static String withoutSecrets(String rendered) {
        return Arrays.stream(rendered.split("(?m)^---\\s*$"))
                .filter(object -> !object.contains("kind: Secret\n"))
                .collect(Collectors.joining("---\n"));
    }

    private static boolean isMark(String line) {
        return line.contains("mergeway.dev/")
                || line.contains("applyset.kubernetes.io/")
                || line.contains("app.kubernetes.io/managed-by")
                || line.contains("generation:")
                || line.strip().matches("[+-]\\s*(labels|annotations):");
    }

    private static String diff(KubernetesServer server, String objects, List<String> more) {
        try {
            Path out = Files.createTempFile("kubectl", ".diff");
            List<String> command = new ArrayList<>(List.of(
                    "kubectl", "--kubeconfig", server.kubeconfig().toString(), "diff", "--server-side", "-f", "-"));
            command.addAll(more);
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            process.getOutputStream().write(objects.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            int exit = process.waitFor();
            String text = Files.readString(out);
            Files.delete(out);
            if (exit > 1) {
                throw new IllegalStateException("kubectl diff: " + text);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.mergeway.reconciler.forge.gitea;

import dev.mergeway.reconciler.servers.Command;
import dev.mergeway.reconciler.servers.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The Gitea that {@code .ci/servers} built. */
final class GiteaProcess {
    private GiteaProcess() {}

    /** Whether it was built. */
    static boolean isBuilt() {
        Optional<Path> script = script();
        if (script.isEmpty()) {
            return false;
        }
        try {
            return !run(script.get(), "path", "gitea").isBlank();
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Starts one with fresh state. */
    static Started start() throws IOException {
        Path script = script().orElseThrow();
        String folder = Files.createTempDirectory("mergeway-gitea").toString();
        Map<String, String> facts = new HashMap<>();
        run(script, "start", "gitea", folder, Integer.toString(Ports.free()))
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
        return Command.ofCheckout(".ci/servers");
    }

    private static String run(Path script, String word, String... more) {
        List<String> command = new ArrayList<>(List.of(script.toString(), word));
        command.addAll(List.of(more));
        return Command.run(command, "").strip();
    }
}

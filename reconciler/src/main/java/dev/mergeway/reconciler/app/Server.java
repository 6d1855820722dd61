package dev.mergeway.reconciler.app;

import dev.mergeway.reconciler.cli.Configs;
import dev.mergeway.reconciler.cli.Console;
import dev.mergeway.reconciler.cli.ServeCommand;
import dev.mergeway.reconciler.run.RepositoryInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves until it is asked to stop. */
final class Server implements ServeCommand.Serving {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private final Console console;

    Server(Console console) {
        this.console = console;
    }

    @Override
    public int serve(Path file) throws InterruptedException {
        Optional<ServerConfig> config = read(console, file);
        if (config.isEmpty()) {
            return Console.ERROR;
        }
        Stop stop = Stop.onSignal();
        try (Service service = Service.start(config.get())) {
            LOG.info("serving on port {}; stop with SIGTERM", service.port());
            stop.await();
            LOG.info("draining");
        } catch (Service.StartException e) {
            console.say("mergeway: cannot start: " + e.getMessage());
            return Console.ERROR;
        } finally {
            stop.finished();
        }
        return Console.OK;
    }

    /** A configuration; what is wrong with it is said. */
    static Optional<ServerConfig> read(Console console, Path file) {
        try {
            ConfigReader.Read read = ConfigReader.read(file, System::getenv);
            read.findings().forEach(finding -> console.say(Configs.line(finding)));
            return read.config();
        } catch (IOException e) {
            console.say("mergeway: cannot read " + file + ": " + e.getMessage()
                    + ". Give the path of a configuration file with --config.");
            return Optional.empty();
        }
    }

    /** The rules of the repository that a work tree is of: by its name where only one fits, else a platform's. */
    static Configs.Rules rules(Path file, Path workTree) throws IOException {
        ConfigReader.Read read = ConfigReader.withoutSecrets(file);
        if (read.config().isEmpty()) {
            return new Configs.Rules(Configs.ANY, read.findings());
        }
        List<RepositoryInfo> repositories = read.config().get().repositories();
        Path name = workTree.getFileName();
        RepositoryInfo found = repositories.stream()
                .filter(info -> repositories.size() == 1 || (name != null && isOf(info, name.toString())))
                .findFirst()
                .orElse(Configs.ANY);
        return new Configs.Rules(found, read.findings());
    }

    private static boolean isOf(RepositoryInfo info, String folder) {
        return info.name().equals(folder) || info.path().endsWith("/" + folder);
    }
}

package dev.mergeway.reconciler.app;

import dev.mergeway.reconciler.cli.Console;
import dev.mergeway.reconciler.cli.FolderSnapshot;
import dev.mergeway.reconciler.cli.PlanCommand;
import dev.mergeway.reconciler.flow.Preview;
import dev.mergeway.reconciler.flow.World;
import dev.mergeway.reconciler.port.Repository;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.port.Snapshot;
import dev.mergeway.reconciler.port.TargetException;
import dev.mergeway.reconciler.report.FindingText;
import dev.mergeway.reconciler.report.PlanComment;
import dev.mergeway.reconciler.report.PlanJson;
import dev.mergeway.reconciler.report.PlanText;
import dev.mergeway.reconciler.report.Setting;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.schema.model.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the plan that the command line asks for. */
final class PlanAsker implements PlanCommand.Asking {
    private final Console console;

    PlanAsker(Console console) {
        this.console = console;
    }

    @Override
    public int plan(PlanCommand.Asked asked) {
        Optional<ServerConfig> config = Server.read(console, asked.config());
        if (config.isEmpty()) {
            return Console.ERROR;
        }
        Optional<RepositoryInfo> info = repository(config.get(), asked.repository());
        if (info.isEmpty()) {
            return Console.USAGE;
        }
        for (Path path : asked.ref() == null ? asked.paths() : List.<Path>of()) {
            if (!Files.exists(path)) {
                console.say("mergeway plan: There is no file or folder " + path + ".");
                return Console.USAGE;
            }
        }
        try (Outside outside = new Outside(config.get(), Instant::now)) {
            return plan(asked, config.get(), info.get(), outside);
        } catch (RepositoryException | TargetException | IOException e) {
            console.say("mergeway plan: " + e.getMessage());
            return Console.ERROR;
        }
    }

    private Optional<RepositoryInfo> repository(ServerConfig config, @org.jspecify.annotations.Nullable String name) {
        List<String> names =
                config.repositories().stream().map(RepositoryInfo::name).toList();
        if (name == null && config.repositories().size() == 1) {
            return Optional.of(config.repositories().getFirst());
        }
        Optional<RepositoryInfo> found = config.repositories().stream()
                .filter(info -> info.name().equals(name))
                .findFirst();
        if (found.isEmpty()) {
            console.say(
                    name == null
                            ? "mergeway plan: say with --repo which repository it is: " + String.join(", ", names) + "."
                            : "mergeway plan: no repository is called " + name + ": " + String.join(", ", names) + ".");
        }
        return found;
    }

    private int plan(PlanCommand.Asked asked, ServerConfig config, RepositoryInfo info, Outside outside)
            throws RepositoryException, TargetException, IOException {
        Snapshot files;
        List<String> paths;
        World world;
        String ref = asked.ref();
        if (ref == null) {
            Path root = root(asked.paths());
            files = new FolderSnapshot(root);
            paths = below(root, asked.paths());
            world = outside.look(info, new WorkTree(info.name(), files));
        } else {
            Repository repository = outside.existing(info);
            String commit = repository.head(ref).orElse(ref);
            files = repository.snapshot(commit);
            paths = asked.paths().stream().map(Path::toString).toList();
            world = outside.look(info, repository);
        }
        Absent.words(outside.absent()).forEach(words -> console.say("mergeway plan: " + words));
        Preview.Previewed previewed = new Preview(world, new Metrics())
                .preview(info.name(), files, paths.isEmpty() ? List.of() : Preview.below(files, paths));
        return print(asked, previewed, files);
    }

    /** The folder that is planned as a whole, or that the named files lie in. */
    private static Path root(List<Path> paths) {
        if (paths.size() == 1 && Files.isDirectory(paths.getFirst())) {
            return paths.getFirst();
        }
        return Path.of("").toAbsolutePath();
    }

    private static List<String> below(Path root, List<Path> paths) {
        if (paths.size() == 1 && Files.isDirectory(paths.getFirst())) {
            return List.of();
        }
        List<String> below = new ArrayList<>();
        paths.forEach(path -> below.add(
                root.relativize(path.toAbsolutePath().normalize()).toString().replace('\\', '/')));
        return below;
    }

    private int print(PlanCommand.Asked asked, Preview.Previewed previewed, Snapshot files) throws IOException {
        console.out()
                .print(
                        switch (asked.format()) {
                            case text ->
                                PlanText.of(previewed.plan(), previewed.judgement(), Setting.NONE, console.colour());
                            case json ->
                                PlanJson.write(
                                        previewed.plan(), previewed.judgement().verdict());
                            case markdown ->
                                PlanComment.plan(previewed.plan(), previewed.judgement(), Setting.NONE, 1_000_000);
                        });
        console.out().flush();
        if (asked.format() == PlanCommand.Format.text) {
            findings(previewed, files);
        }
        previewed.unreachable().stream().map(Problem::message).distinct().forEach(console::say);
        if (!previewed.unreachable().isEmpty()
                || previewed.plan().findings().stream().anyMatch(Finding::isError)) {
            return Console.ERROR;
        }
        return previewed.plan().changesNothing() ? Console.OK : Console.CHANGES;
    }

    /** The other formats have the findings in them. Without colour: whether diagnostics go to a terminal is not known. */
    private void findings(Preview.Previewed previewed, Snapshot files) throws IOException {
        Set<String> elsewhere = previewed.offered().stream().map(Finding::file).collect(Collectors.toSet());
        new FindingText(
                        false,
                        file -> elsewhere.contains(file)
                                ? Optional.empty()
                                : files.read(file).map(bytes -> new String(bytes, StandardCharsets.UTF_8)))
                .write(previewed.plan().findings().iterator(), console.err());
        console.err().flush();
    }
}

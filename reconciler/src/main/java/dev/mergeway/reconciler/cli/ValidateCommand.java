package dev.mergeway.reconciler.cli;

import dev.mergeway.reconciler.flow.Checkup;
import dev.mergeway.reconciler.report.FindingAnnotations;
import dev.mergeway.reconciler.report.FindingFormat;
import dev.mergeway.reconciler.report.FindingJson;
import dev.mergeway.reconciler.report.FindingSarif;
import dev.mergeway.reconciler.report.FindingText;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.schema.SpecReader;
import dev.mergeway.schema.model.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mergeway validate}. */
@Command(
        name = "validate",
        description = "Checks spec files, and the blueprints and policies among them. Needs no network.",
        footer = {
            "",
            "Exit codes: 0 clean, 1 something is wrong, 2 called wrongly.",
            "Example: mergeway validate --format github specs/"
        },
        mixinStandardHelpOptions = true)
public final class ValidateCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration of the service, for its rules about repositories.")
    @Nullable
    Path config;

    @Option(
            names = "--format",
            defaultValue = "text",
            description = "text, json, sarif, or github (workflow annotations). Default: ${DEFAULT-VALUE}.")
    Format format = Format.text;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files, or folders with all files below them.")
    List<Path> paths = List.of();

    private static final String NAMES = "specs are in files whose names end with .yaml or .yml";

    private final Console console;
    private final Configs configs;

    /** The formats of findings, as they are written on the command line. */
    @SuppressWarnings("checkstyle:ConstantName")
    enum Format {
        text,
        json,
        sarif,
        github
    }

    /** A command that writes to the console. */
    public ValidateCommand(Console console, Configs configs) {
        this.console = console;
        this.configs = configs;
    }

    @Override
    public Integer call() throws IOException {
        Paths found;
        try {
            found = Paths.of(paths);
        } catch (Paths.MissingException e) {
            console.say("mergeway validate: " + e.getMessage());
            return Console.USAGE;
        }
        Path file = config;
        RepositoryInfo rules = Configs.ANY;
        if (file != null) {
            Configs.Rules read;
            try {
                read = configs.rules(file, found.root());
            } catch (IOException e) {
                console.say("mergeway validate: cannot read " + file
                        + ". Give the path of a configuration file with --config.");
                return Console.ERROR;
            }
            if (read.broken()) {
                read.findings().forEach(finding -> console.say(Configs.line(finding)));
                return Console.ERROR;
            }
            rules = read.repository();
        }
        Checkup checkup =
                new Checkup(new FolderFiles(found.root()), found.named(), found.context(), rules, file != null);
        Tally tally = new Tally();
        LocalDate today = LocalDate.now(ZoneId.systemDefault());
        Iterator<Finding> findings = specFiles(found)
                .flatMap(path ->
                        checkup.check(path, today).stream().map(finding -> finding.in(found.shown(finding.file()))))
                .peek(tally::count)
                .iterator();
        write(findings, found);
        console.out().flush();
        tally.files = (int) specFiles(found).count();
        unread();
        if (format != Format.text || tally.nothing()) {
            console.say(tally.line());
        }
        return tally.errors.get() > 0 ? Console.ERROR : Console.OK;
    }

    /** Who names a file wants it looked at. */
    private void unread() {
        paths.stream()
                .filter(path -> !Files.isDirectory(path) && !SpecReader.isSpecFile(path.toString()))
                .forEach(path -> console.say(path + " is not looked at: " + NAMES + "."));
    }

    private static Stream<String> specFiles(Paths found) {
        return found.named().stream().filter(SpecReader::isSpecFile);
    }

    private void write(Iterator<Finding> findings, Paths found) throws IOException {
        format(new FolderFiles(found.root()), found).write(findings, console.out());
    }

    private FindingFormat format(FolderFiles files, Paths found) {
        return switch (format) {
            case text -> new FindingText(console.colour(), shown -> source(files, found, shown));
            case json -> new FindingJson();
            case sarif -> new FindingSarif(VersionCommand.version());
            case github -> new FindingAnnotations();
        };
    }

    private static Optional<String> source(FolderFiles files, Paths found, String shown) {
        Path file = Path.of("").toAbsolutePath().resolve(shown).normalize();
        return files.read(found.root().relativize(file).toString())
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private static final class Tally {
        private final AtomicInteger errors = new AtomicInteger();
        private final AtomicInteger others = new AtomicInteger();
        private int files;

        void count(Finding finding) {
            (finding.isError() ? errors : others).incrementAndGet();
        }

        boolean nothing() {
            return errors.get() == 0 && others.get() == 0;
        }

        String line() {
            if (files == 0) {
                return "There is no file to check: " + NAMES + ".";
            }
            String in = files == 1 ? "1 file" : files + " files";
            return nothing()
                    ? in + ": all is well"
                    : in + ": " + errors.get() + (errors.get() == 1 ? " error, " : " errors, ") + others.get()
                            + (others.get() == 1 ? " warning" : " warnings");
        }
    }
}

package dev.mergeway.reconciler.servers;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * Starts a class with the class path of the tests, again and again: the first process leaves an archive of the classes that
 * it loaded to the others, which takes a third off what they cost. (What {@code ./mergeway} has, an AOT cache, takes off no
 * more and is twice as dear to make.)
 */
public final class FastJava {
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xlog:disable", // of classes that no archive takes
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private final String classPath;
    private final Path archive;
    private boolean trained;

    private FastJava(String classPath, Path archive) {
        this.classPath = classPath;
        this.archive = archive;
    }

    /** @param folder an empty one, for the archive and for jars: an archive is of jars alone, and of no folders */
    public static FastJava in(Path folder) {
        List<String> parts = new ArrayList<>();
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
            parts.add(Files.isDirectory(Path.of(part)) ? jar(part, folder.resolve(parts.size() + ".jar")) : part);
        }
        return new FastJava(String.join(File.pathSeparator, parts), folder.resolve("tests.jsa"));
    }

    private static String jar(String classes, Path jar) {
        int failures = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(System.err, System.err, "--create", "--no-compress", "--file=" + jar, "-C", classes, ".");
        if (failures != 0) {
            throw new IllegalStateException("no jar of " + classes);
        }
        return jar.toString();
    }

    /**
     * The command that starts the class. The first one has to end well before another is started.
     *
     * @param arguments what its main gets
     */
    public List<String> command(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.add((trained ? "-XX:SharedArchiveFile=" : "-XX:ArchiveClassesAtExit=") + archive);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        trained = true;
        return command;
    }
}

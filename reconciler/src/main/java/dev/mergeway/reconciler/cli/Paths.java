package dev.mergeway.reconciler.cli;

import dev.mergeway.reconciler.flow.Checkup;
import dev.mergeway.schema.SpecReader;
import dev.mergeway.schema.model.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files that the paths of a command line name, below one root.
 *
 * @param root folder that everything lies in
 * @param named paths of the named files, relative to the root, sorted
 * @param context paths of files around them that may declare the environment that they belong to
 */
record Paths(Path root, List<String> named, List<String> context) {
    /**
     * Finds the files. A folder stands for all files below it.
     *
     * @throws MissingException if a path is not there
     */
    static Paths of(List<Path> paths) throws MissingException {
        List<Path> absolute = new ArrayList<>();
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new MissingException(path);
            }
            absolute.add(path.toAbsolutePath().normalize());
        }
        Path root = root(absolute);
        FolderFiles files = new FolderFiles(root);
        Set<String> named = new TreeSet<>();
        Set<String> context = new TreeSet<>();
        for (Path path : absolute) {
            if (Files.isDirectory(path)) {
                named.addAll(files.below(relative(root, path)));
            } else {
                named.add(relative(root, path));
            }
            around(root, path, context);
        }
        context.removeAll(named);
        return new Paths(root, List.copyOf(named), List.copyOf(context));
    }

    /** The work tree that all of it lies in, else the nearest folder that holds it all. */
    private static Path root(List<Path> paths) {
        Path common = folder(paths.getFirst());
        for (Path path : paths) {
            while (!path.startsWith(common)) {
                common = parent(common);
            }
        }
        for (Path at = common; at.getParent() != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
                return at;
            }
        }
        return common;
    }

    private static Path folder(Path path) {
        return Files.isDirectory(path) ? path : parent(path);
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }

    /** Files in the same folder and the folders above, where an environment may be declared. */
    private static void around(Path root, Path path, Set<String> context) {
        for (Path at = folder(path); at.startsWith(root); at = parent(at)) {
            try (var children = Files.newDirectoryStream(at, "*.{yaml,yml}")) {
                children.forEach(child -> context.add(relative(root, child)));
            } catch (java.io.IOException unreadable) {
                // A folder that cannot be listed declares nothing.
                continue;
            }
            if (at.equals(root)) {
                return;
            }
        }
    }

    private static String relative(Path root, Path path) {
        return root.relativize(path).toString().replace('\\', '/');
    }

    /** The path as it reads from where the command was called. */
    String shown(String path) {
        Path here = Path.of("").toAbsolutePath();
        Path file = root.resolve(path);
        String relative = here.relativize(file).toString().replace('\\', '/');
        return relative.startsWith("../../../..") ? file.toString() : relative;
    }

    /** What is wrong, on one line, with the file as {@link #shown}. */
    String line(Finding finding) {
        return shown(finding.file())
                + Configs.line(finding).substring(finding.file().length());
    }

    /** Looks over all the files, as those of a repository without rules of its own. */
    Checkup checkup() {
        return new Checkup(new FolderFiles(root), named, context, Configs.ANY, false);
    }

    /** Those of the named files that may hold specs. */
    List<String> specFiles() {
        return named.stream().filter(SpecReader::isSpecFile).toList();
    }

    /** A path that is not there. */
    static final class MissingException extends Exception {
        MissingException(Path path) {
            super("There is no file or folder " + path + ".");
        }
    }
}

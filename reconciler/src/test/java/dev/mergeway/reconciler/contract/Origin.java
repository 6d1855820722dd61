package dev.mergeway.reconciler.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The bare repository of a stand-in, by the {@code git} program alone. */
final class Origin {
    private final Path folder;

    /** Makes it, with one commit on main. */
    Origin(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        git("init", "-q", "--bare", "-b", "main");
        git("config", "http.receivepack", "true");
        git("config", "uploadpack.allowAnySHA1InWant", "true");
        String tree = tree(
                "",
                Map.of(
                        "README.md",
                        Optional.of("# Shop\n".getBytes(StandardCharsets.UTF_8)),
                        "CODEOWNERS",
                        Optional.of(("* @" + Hosting.TEAM + "\n").getBytes(StandardCharsets.UTF_8))));
        move("main", commit(tree, List.of(), "Begin"));
    }

    /** Its branches with their tips. */
    Map<String, String> branches() {
        Map<String, String> tips = new TreeMap<>();
        git("for-each-ref", "--format=%(refname:lstrip=2) %(objectname)", "refs/heads")
                .lines()
                .forEach(line -> tips.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1)));
        return tips;
    }

    /** Merges a commit into a branch with a merge commit; gives it. */
    String merge(String branch, String head, String message) {
        String base = git("rev-parse", "refs/heads/" + branch);
        String tree = git("merge-tree", "--write-tree", base, head);
        String merge = commit(tree, List.of(base, head), message);
        move(branch, merge);
        return merge;
    }

    /** Commits a tree; gives the commit. */
    String commit(String tree, List<String> parents, String message) {
        List<String> arguments = new ArrayList<>(List.of("commit-tree", tree, "-m", message));
        parents.forEach(parent -> arguments.addAll(List.of("-p", parent)));
        return git(arguments.toArray(String[]::new));
    }

    /** Puts a branch onto a commit, wherever it was. */
    void move(String branch, String commit) {
        git("update-ref", "refs/heads/" + branch, commit);
    }

    /** A tree with files changed: an empty value deletes; {@code base} "" is the empty tree. Gives its id. */
    String tree(String base, Map<String, Optional<byte[]>> changes) {
        Map<String, String> index = Map.of(
                "GIT_INDEX_FILE", folder.resolve("index-" + System.nanoTime()).toString());
        if (base.isEmpty()) {
            run(index, new byte[0], "read-tree", "--empty");
        } else {
            run(index, new byte[0], "read-tree", base);
        }
        changes.forEach((path, content) -> {
            if (content.isPresent()) {
                run(
                        index,
                        new byte[0],
                        "update-index",
                        "--add",
                        "--cacheinfo",
                        "100644," + blob(content.get()) + "," + path);
            } else {
                run(index, new byte[0], "rm", "-q", "--cached", "--", path);
            }
        });
        return run(index, new byte[0], "write-tree");
    }

    /** Keeps some bytes; gives their id. */
    String blob(byte[] content) {
        return run(Map.of(), content, "hash-object", "-w", "--stdin");
    }

    /** The bytes of a blob. */
    byte[] bytes(String blob) {
        return output(Map.of(), new byte[0], "cat-file", "blob", blob);
    }

    /** The blob of a file of a commit or branch. */
    Optional<String> file(String revision, String path) {
        boolean known = branches().containsKey(revision) || revision.matches("[0-9a-f]{40}");
        String id = known ? git("ls-tree", "--format=%(objectname)", revision, "--", path) : "";
        return Optional.of(id).filter(found -> !found.isEmpty());
    }

    /** The hunks that a branch changes against where it left another, by path. */
    Map<String, String> patches(String base, String head) {
        Map<String, String> patches = new TreeMap<>();
        git("diff", "--name-only", base + "..." + head).lines().forEach(path -> {
            String text = git("diff", base + "..." + head, "--", path);
            patches.put(path, text.substring(Math.max(0, text.indexOf("@@"))));
        });
        return patches;
    }

    /** Commits that the second has and the first has not. */
    List<String> between(String base, String head) {
        return git("rev-list", base + ".." + head).lines().toList();
    }

    /** Runs git here; gives what it printed, without the last line end. */
    String git(String... arguments) {
        return run(Map.of(), new byte[0], arguments);
    }

    private String run(Map<String, String> environment, byte[] input, String... arguments) {
        return new String(output(environment, input, arguments), StandardCharsets.UTF_8).stripTrailing();
    }

    private byte[] output(Map<String, String> environment, byte[] input, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        builder.environment()
                .putAll(Map.of(
                        "GIT_AUTHOR_NAME",
                        "Rosa",
                        "GIT_AUTHOR_EMAIL",
                        "rosa@example.test",
                        "GIT_COMMITTER_NAME",
                        "Rosa",
                        "GIT_COMMITTER_EMAIL",
                        "rosa@example.test"));
        try {
            Process process = builder.start();
            try (var stream = process.getOutputStream()) {
                stream.write(input);
            }
            byte[] out = process.getInputStream().readAllBytes();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed");
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

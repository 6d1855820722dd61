package dev.mergeway.reconciler.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A clone that a developer works in, by the {@code git} program alone. */
final class Checkout {
    private final Path folder;

    private Checkout(Path folder) {
        this.folder = folder;
    }

    /** Clones a repository that may be empty, onto its branch main. */
    static Checkout of(String url, Path folder) {
        run(folder.toAbsolutePath().resolveSibling("."), "clone", "-q", url, folder.toString());
        Checkout checkout = new Checkout(folder);
        checkout.git("config", "user.name", "Rosa");
        checkout.git("config", "user.email", "rosa@example.test");
        checkout.git("symbolic-ref", "HEAD", "refs/heads/main");
        return checkout;
    }

    /** Where it is. */
    Path folder() {
        return folder;
    }

    /** Goes to a new branch from what main is at the origin now. */
    Checkout branch(String name) {
        git("fetch", "-q", "origin");
        git("checkout", "-q", "-B", name, "origin/main");
        return this;
    }

    /** Writes a file. */
    Checkout write(String path, String content) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces a text in a file; fails where it is not there. */
    Checkout edit(String path, String before, String after) {
        try {
            String content = Files.readString(folder.resolve(path));
            if (!content.contains(before)) {
                throw new IllegalArgumentException(path + " does not hold " + before);
            }
            return write(path, content.replace(before, after));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Commits everything and pushes the branch; gives the commit. */
    String push(String message) {
        git("add", "-A");
        git("commit", "-q", "-m", message);
        return pushed();
    }

    /** Puts everything into the last commit and pushes it by force; gives the commit. */
    String amend() {
        git("add", "-A");
        git("commit", "-q", "--amend", "--no-edit");
        return pushed();
    }

    /** Pushes what is there, by force; gives the commit. */
    String pushed() {
        git("push", "-q", "-f", "origin", "HEAD");
        return head();
    }

    /** Merges a branch of the origin into main with a merge commit and pushes it, as a local forge's people do; gives the merge commit. */
    String merge(String branch) {
        branch("main");
        git("merge", "-q", "--no-ff", "-m", "Merge " + branch, "origin/" + branch);
        git("push", "-q", "origin", "HEAD:main", ":" + branch);
        return head();
    }

    /** A branch that reverts a merge commit, pushed; gives the commit. */
    String revert(String merge, String branch) {
        branch(branch);
        git("revert", "--no-edit", "-m", "1", merge);
        return pushed();
    }

    /** The commit that is checked out. */
    String head() {
        return git("rev-parse", "HEAD");
    }

    /** Runs git here; gives what it printed. */
    String git(String... arguments) {
        return run(folder, arguments);
    }

    /** Runs git in a folder; gives what it printed, of a failure too. */
    static String run(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + out);
            }
            return out.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

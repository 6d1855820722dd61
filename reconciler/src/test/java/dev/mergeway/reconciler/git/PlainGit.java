package dev.mergeway.reconciler.git;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A user at a terminal with the {@code git} program and a clone; blind to the machine's own Git settings. */
public final class PlainGit {
    private final Path folder;

    private PlainGit(Path folder) {
        this.folder = folder;
    }

    /** Works in a folder; skips the test where there is no git program. */
    public static PlainGit in(Path folder) throws IOException {
        assumeTrue(present(), "no 'git' program on PATH: what a user of plain Git sees is not tested here");
        Files.createDirectories(folder);
        return new PlainGit(folder);
    }

    /** A fresh clone of a bare repository, on branch main. */
    public static PlainGit clone(Path bare, Path folder) throws IOException {
        PlainGit git = in(folder);
        git.run("init", "-q", "-b", "main");
        git.run("remote", "add", "origin", bare.toString());
        return git;
    }

    private static boolean present() {
        try {
            return new ProcessBuilder("git", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Where it works. */
    public Path folder() {
        return folder;
    }

    /** Writes a file. */
    public PlainGit file(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return this;
    }

    /** Commits everything there is. */
    public String commit(String message) throws IOException {
        run("add", "-A");
        run("commit", "-q", "--allow-empty", "-m", message);
        return id("HEAD");
    }

    /** The commit that a revision stands for. */
    public String id(String revision) throws IOException {
        return run("rev-parse", revision).strip();
    }

    /** Runs git and answers what it prints; fails where git fails. */
    public String run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        var environment = builder.environment();
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        for (String role : List.of("AUTHOR", "COMMITTER")) {
            environment.put("GIT_" + role + "_NAME", "Ada Lovelace");
            environment.put("GIT_" + role + "_EMAIL", "ada@example.com");
        }
        environment.put("GIT_TERMINAL_PROMPT", "0");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return output;
    }
}

package dev.mergeway.reconciler.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mergeway.reconciler.port.BareRepository.Author;
import dev.mergeway.reconciler.port.Repository.Branch;
import dev.mergeway.reconciler.port.Repository.Commit;
import dev.mergeway.reconciler.port.Repository.Merge;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.port.Snapshot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading and writing a bare repository in place, side by side with the git program. */
class OriginRepositoryTest {
    private static final Author ADA = new Author("Ada", "ada@example.com", Instant.parse("2026-11-25T10:00:00Z"));

    @TempDir
    Path folder;

    private OriginRepository repository;
    private PlainGit user;

    @BeforeEach
    void start() throws Exception {
        Path bare = folder.resolve("shop.git");
        repository = JGitRepository.origin("shop", bare, "main");
        user = PlainGit.clone(bare, folder.resolve("work"));
    }

    @AfterEach
    void stop() {
        repository.close();
    }

    private String push(String message) throws Exception {
        String commit = user.commit(message);
        user.run("push", "-q", "-f", "origin", "HEAD");
        return commit;
    }

    @Test
    void branchesPushedByOthersAreSeenAtOnceAlsoPackedOnes() throws Exception {
        assertThat(repository.branches()).isEmpty();
        assertThat(repository.head("main")).isEmpty();
        user.file("a", "1");
        String first = push("First");
        assertThat(repository.branches()).containsExactly(new Branch("main", first));
        user.run("checkout", "-q", "-b", "a/b");
        String second = push("Second");
        PlainGit.in(folder.resolve("shop.git")).run("gc", "-q", "--prune=now");
        assertThat(repository.branches()).containsExactly(new Branch("a/b", second), new Branch("main", first));
        user.run("commit", "-q", "--amend", "--allow-empty", "-m", "Third");
        user.run("push", "-q", "-f", "origin", "a/b");
        assertThat(repository.head("a/b")).contains(user.id("HEAD"));
        user.run("push", "-q", "origin", ":a/b");
        assertThat(repository.branches()).hasSize(1);
        assertThat(repository.commit(first).subject()).isEqualTo("First");
    }

    @Test
    void filesAreReadByteForByteAndNothingElseIsFollowed() throws Exception {
        user.file("plain.yaml", "a: 1\r\nb: 2\r\n")
                .file("with space/naïve – 名.yaml", "u: 1\n")
                .file("k8s/b.yaml", "b")
                .file("k8s/a.yaml", "a")
                .file("k8s-other/c.yaml", "c")
                .file("empty", "")
                .file("large", "x".repeat((1 << 20) + 1));
        byte[] binary = {0, -1, 13, 10, 0};
        Files.write(user.folder().resolve("binary"), binary);
        Files.createSymbolicLink(user.folder().resolve("link.yaml"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(user.folder().resolve("k8s-link"), Path.of("k8s"));
        user.run("add", "-A");
        user.run("update-index", "--add", "--cacheinfo", "160000,1234567890123456789012345678901234567890,module");
        user.run("commit", "-q", "-m", "All kinds");
        user.run("push", "-q", "origin", "main");
        Snapshot files = repository.snapshot(user.id("HEAD"));

        assertThat(files.read("plain.yaml")).contains("a: 1\r\nb: 2\r\n".getBytes(StandardCharsets.UTF_8));
        assertThat(files.read("with space/naïve – 名.yaml")).isPresent();
        assertThat(files.read("binary")).contains(binary);
        assertThat(files.read("empty")).contains(new byte[0]);
        for (String none : List.of(
                "large",
                "link.yaml",
                "module",
                "k8s-link/a.yaml",
                "k8s",
                "no",
                "k8s/no",
                "plain.yaml/x",
                "",
                "/",
                "/plain.yaml",
                "../plain.yaml",
                "k8s/../plain.yaml",
                "k8s//a.yaml",
                "./plain.yaml",
                "module/x")) {
            assertThat(files.read(none)).as(none).isEmpty();
            assertThat(files.contentId(none).isPresent()).as(none).isEqualTo(none.equals("large"));
        }
        assertThat(files.unread("large")).get().asString().contains("1048577 bytes");
        assertThat(files.unread("link.yaml")).get().asString().contains("symbolic link");
        assertThat(files.unread("module")).get().asString().contains("submodule");
        assertThat(files.unread("plain.yaml")).isEmpty();
        assertThat(files.below("k8s")).containsExactly("k8s/a.yaml", "k8s/b.yaml");
        assertThat(files.below("k8s/")).containsExactly("k8s/a.yaml", "k8s/b.yaml");
        assertThat(files.below("plain.yaml")).isEmpty();
        assertThat(files.below("..")).isEmpty();
        assertThat(files.below(""))
                .hasSize(8)
                .doesNotContain("link.yaml", "module")
                .isSorted();
    }

    @Test
    void mergesAreTriedAsGitWouldMake() throws Exception {
        user.file("a", "1\n2\n3\n4\n5\n").file("b", "1\n");
        String base = push("Base");
        user.run("checkout", "-q", "-b", "clean");
        user.file("a", "one\n2\n3\n4\n5\n").file("new", "n");
        String clean = push("Clean");
        user.run("checkout", "-q", "main");
        user.file("a", "1\n2\n3\n4\nfive\n").file("b", "2\n");
        String main = push("Main");
        user.run("checkout", "-q", "-b", "clash", base);
        user.file("b", "3\n");
        String clash = push("Clash");
        user.run("checkout", "-q", "--orphan", "strange");
        user.run("rm", "-q", "-rf", ".");
        user.file("c", "1\n");
        String strange = push("Strange");

        user.run("checkout", "-q", "main");
        user.run("merge", "-q", "--no-ff", "-m", "Merge", "clean");
        var merged = (Merge.Clean) repository.merge(main, clean);
        assertThat(merged.result().commit()).isEqualTo(user.id("HEAD^{tree}"));
        assertThat(merged.result().read("a")).contains("one\n2\n3\n4\nfive\n".getBytes(StandardCharsets.UTF_8));
        assertThat(repository.changed(main, merged.result().commit())).containsExactly("a", "new");
        assertThat(repository.merge(main, clash)).isEqualTo(new Merge.Conflict(List.of("b")));
        assertThat(((Merge.Clean) repository.merge(base, clean)).result().commit())
                .isEqualTo(user.id(clean + "^{tree}"));
        assertThat(((Merge.Clean) repository.merge(clean, base)).result().commit())
                .isEqualTo(user.id(clean + "^{tree}"));
        assertThat(((Merge.Clean) repository.merge(base, strange)).result().below(""))
                .containsExactly("a", "b", "c");
    }

    @Test
    void aCrissCrossMergesToo() throws Exception {
        user.file("a", "1\n").file("b", "1\n");
        push("Base");
        user.run("checkout", "-q", "-b", "x");
        user.file("a", "2\n").commit("X");
        user.run("checkout", "-q", "main");
        user.file("b", "2\n").commit("M");
        user.run("merge", "-q", "-m", "M1", "x");
        user.run("checkout", "-q", "x");
        user.run("merge", "-q", "-m", "X1", "main^1");
        user.file("c", "x\n");
        String x = push("X2");
        user.run("checkout", "-q", "main");
        user.file("d", "m\n");
        String main = push("M2");
        assertThat(((Merge.Clean) repository.merge(main, x)).result().below("")).containsExactly("a", "b", "c", "d");
    }

    @Test
    void historyIsToldByFirstParents() throws Exception {
        user.file("a", "1");
        String first = push("First\n\nBody");
        user.run("checkout", "-q", "-b", "topic");
        String topic = user.file("b", "1").commit("Topic");
        user.run("checkout", "-q", "main");
        user.run("merge", "-q", "--no-ff", "-m", "Merge topic", "topic");
        String merge = push("After");
        List<Commit> all = repository.between(first, merge, 10);
        assertThat(all).extracting(Commit::subject).containsExactly("After", "Merge topic");
        assertThat(all.getLast().parents()).containsExactly(first, topic);
        assertThat(repository.between(topic, merge, 10))
                .extracting(Commit::subject)
                .containsExactly("After", "Merge topic");
        assertThat(repository.between("0".repeat(40), merge, 10)).hasSize(3);
        assertThat(repository.between(first, merge, 1)).hasSize(1);
        assertThat(repository.between(merge, first, 10)).isEmpty();
        assertThat(repository.between(merge, merge, 10)).isEmpty();
        assertThat(repository.isAncestor(topic, merge)).isTrue();
        assertThat(repository.isAncestor(merge, topic)).isFalse();
        assertThat(repository.commit(first.substring(0, 10)).id()).isEqualTo(first);
        assertThat(repository.commit(first).email()).isEqualTo("ada@example.com");
        assertThatThrownBy(() -> repository.commit("main")).isInstanceOf(RepositoryException.class);
        assertThatThrownBy(() -> repository.commit("1".repeat(40)))
                .isInstanceOf(RepositoryException.class)
                .hasMessageContaining("after a fetch");
    }

    @Test
    void tellsWhatChangedAFileLast() throws Exception {
        user.file("a.yaml", "1\n").file("b.yaml", "1\n");
        String first = push("Both");
        user.file("b.yaml", "2\n");
        String second = push("Only b");
        user.file("b.yaml", "3\n");
        String third = push("b again");
        assertThat(repository.lastChange("a.yaml", "", third)).map(Commit::id).contains(first);
        assertThat(repository.lastChange("b.yaml", "", second)).map(Commit::id).contains(second);
        assertThat(repository.lastChange("b.yaml", second, third))
                .map(Commit::id)
                .contains(third);
        assertThat(repository.lastChange("a.yaml", first, third)).isEmpty();
        assertThat(repository.lastChange("none.yaml", "", third)).isEmpty();

        // What came by a merge changed on the tracked branch when it was merged, not when it was written.
        user.run("checkout", "-q", "-b", "topic", first);
        user.file("a.yaml", "2\n");
        push("Topic");
        user.run("checkout", "-q", "main");
        user.run("merge", "-q", "--no-ff", "-m", "Merge topic", "topic");
        user.run("push", "-q", "origin", "HEAD");
        String merge = user.id("HEAD");
        user.file("b.yaml", "4\n");
        String last = push("b once more");
        assertThat(repository.lastChange("a.yaml", "", last)).map(Commit::id).contains(merge);
        assertThat(repository.lastChange("a.yaml", third, last)).map(Commit::id).contains(merge);
        assertThat(repository.lastChange("a.yaml", merge, last)).isEmpty();
    }

    @Test
    void changedIsWhatGitDiffSaysOnRandomTrees() throws Exception {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        String before = "0".repeat(40);
        for (int round = 0; round < 12; round++) {
            for (int i = 0; i < 8; i++) {
                change(random);
            }
            String after = push("Round " + round);
            if (round > 0) {
                String said = user.run("diff", "--no-renames", "--name-only", "-z", before, after);
                assertThat(repository.changed(before, after))
                        .as("seed %d, round %d", seed, round)
                        .containsExactlyInAnyOrderElementsOf(
                                said.isEmpty() ? List.of() : Arrays.asList(said.split("\0")))
                        .isSorted();
            }
            before = after;
        }
    }

    /** Files become folders and folders files, names sort before and after a slash, modes change. */
    private void change(Random random) throws Exception {
        String[] names = {"a", "a-b", "a.b", "a0", "é x", "b"};
        Path file = user.folder();
        int depth = 1 + random.nextInt(3);
        for (int i = 0; i < depth; i++) {
            if (Files.isRegularFile(file)) {
                Files.delete(file);
            }
            file = file.resolve(names[random.nextInt(names.length)]);
        }
        if (random.nextInt(3) == 0) {
            Disk.delete(file);
            return;
        }
        if (Files.isDirectory(file)) {
            Disk.delete(file);
        }
        Path parent = file.getParent();
        if (Files.isRegularFile(parent)) {
            Files.delete(parent);
        }
        Files.createDirectories(parent);
        Files.writeString(file, "" + random.nextInt(3));
        assertThat(file.toFile().setExecutable(random.nextBoolean())).isTrue();
    }

    @Test
    void commitsMergesAndRevertsAreWrittenAsGitWrites() throws Exception {
        user.file("a", "1\n").file("d/x", "x").file("d-e", "1").file("d/keep", "1");
        Path tool = user.file("tool", "#!").folder().resolve("tool");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        String base = push("Base");
        Map<String, Optional<byte[]>> changes = new HashMap<>();
        changes.put("d/x", Optional.empty());
        changes.put("d/y/z", Optional.of("z".getBytes(StandardCharsets.UTF_8)));
        changes.put("tool", Optional.of("#!/bin/sh".getBytes(StandardCharsets.UTF_8)));
        Writer writer = repository.writer();
        String head = writer.commit(base, changes, ADA, "Change\n");
        String merge = writer.merge(base, head, ADA, "Merge branch 'x'\n");
        String revert = writer.revert(merge, merge, ADA);
        assertThat(repository.point("refs/heads/main", Optional.of(head), Optional.of(revert)))
                .isFalse();
        assertThat(repository.point("refs/heads/main", Optional.of(base), Optional.of(revert)))
                .isTrue();
        assertThat(repository.point("refs/heads/x", Optional.empty(), Optional.of(head)))
                .isTrue();
        assertThat(repository.point("refs/heads/x", Optional.empty(), Optional.of(head)))
                .isFalse();

        user.run("fetch", "-q", "origin");
        assertThat(user.run("diff", "--no-renames", "--name-status", base, head))
                .isEqualTo("D\td/x\nA\td/y/z\nM\ttool\n");
        assertThat(user.run("ls-tree", head, "tool")).startsWith("100755");
        assertThat(repository.changed(base, revert)).isEmpty();
        assertThat(repository.commit(revert).message())
                .isEqualTo("Revert \"Merge branch 'x'\"\n\nThis reverts commit " + merge
                        + ", reversing\nchanges made to " + base + ".\n");
        assertThat(repository.commit(revert).reverts()).contains(merge);
        assertThat(user.run("fsck", "--strict")).doesNotContain("error");
        assertThat(PlainGit.in(folder.resolve("shop.git")).run("fsck", "--strict"))
                .doesNotContain("error");
        assertThat(repository.changed(writer.revert(head, head, ADA), base)).isEmpty();
        assertThatThrownBy(() -> writer.commit(base, Map.of("../x", Optional.empty()), ADA, "x"))
                .isInstanceOf(RepositoryException.class);
        assertThatThrownBy(() -> writer.commit(base, Map.of(".git/hooks/x", Optional.empty()), ADA, "x"))
                .isInstanceOf(RepositoryException.class);
    }

    @Test
    void aRevertKeepsWhatCameLaterOrConflicts() throws Exception {
        Writer writer = repository.writer();
        String one = writer.commit("", Map.of("a", bytes("1\n"), "b", bytes("1\n")), ADA, "One");
        String two = writer.commit(one, Map.of("a", bytes("2\n")), ADA, "Two");
        String three = writer.commit(two, Map.of("b", bytes("3\n")), ADA, "Three");
        String back = writer.revert(three, two, ADA);
        assertThat(repository.snapshot(back).read("a")).contains("1\n".getBytes(StandardCharsets.UTF_8));
        assertThat(repository.snapshot(back).read("b")).contains("3\n".getBytes(StandardCharsets.UTF_8));
        String four = writer.commit(three, Map.of("a", bytes("4\n")), ADA, "Four");
        assertThat(repository.reverted(four, two)).isEqualTo(new Merge.Conflict(List.of("a")));
        assertThatThrownBy(() -> writer.revert(four, two, ADA)).hasMessageContaining("conflict: a");
    }

    private static Optional<byte[]> bytes(String text) {
        return Optional.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readersAreNotDisturbedByPushesAndGc() throws Exception {
        user.file("a", "0").file("d/b", "0");
        String first = push("First");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> reading = () -> {
                int reads = 0;
                for (; reads < 300; reads++) {
                    String head = repository.head("main").orElseThrow();
                    assertThat(repository.branches()).extracting(Branch::name).containsExactly("main");
                    assertThat(repository.snapshot(head).read("a")).isPresent();
                    assertThat(repository.snapshot(first).read("d/b")).isPresent();
                    repository.changed(first, head);
                }
                return reads;
            };
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                readers.add(threads.submit(reading));
            }
            for (int i = 1; i < 10; i++) {
                user.file("a", "" + i);
                push("Push " + i);
                PlainGit.in(folder.resolve("shop.git")).run("pack-refs", "--all");
                if (i % 4 == 0) {
                    PlainGit.in(folder.resolve("shop.git")).run("gc", "-q");
                }
            }
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isEqualTo(300);
            }
        }
    }

    @Test
    void oneFileOfTenThousandIsReadInNoTime() throws Exception {
        Map<String, Optional<byte[]>> many = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            many.put("specs/file-" + i + ".yaml", bytes("n: " + i + "\n"));
        }
        Writer writer = repository.writer();
        String first = writer.commit("", many, ADA, "Many");
        String second = writer.commit(first, Map.of("specs/file-77.yaml", bytes("n: x\n")), ADA, "One");
        repository.snapshot(second).read("specs/file-1.yaml");
        long start = System.nanoTime();
        for (int i = 0; i < 200; i++) {
            assertThat(repository.snapshot(second).read("specs/file-" + i * 50 + ".yaml"))
                    .isPresent();
        }
        assertThat(Duration.ofNanos((System.nanoTime() - start) / 200)).isLessThan(Duration.ofMillis(5));
        start = System.nanoTime();
        assertThat(repository.changed(first, second)).containsExactly("specs/file-77.yaml");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500));
        assertThat(repository.snapshot(second).below("specs")).hasSize(10_000);
    }

    @Test
    void specsAreFoundBehindAHundredThousandOtherFilesAndAListIsNeverCut() throws Exception {
        Map<String, Optional<byte[]>> many = new HashMap<>();
        for (int i = 0; i <= TreeSnapshot.MOST_PATHS; i++) {
            many.put("assets/" + i % 400 + "/" + i + ".txt", bytes("the same"));
        }
        many.put("ops/environment.yaml", bytes("n: 1\n"));
        Snapshot files = repository.snapshot(repository.writer().commit("", many, ADA, "Many"));
        assertThat(files.below("", path -> path.endsWith(".yaml"))).containsExactly("ops/environment.yaml");
        assertThat(files.below("ops")).containsExactly("ops/environment.yaml");
        assertThatThrownBy(() -> files.below("")).hasMessageContaining("more than 100000 files");
    }

    @Test
    void anUnfinishedOrForeignFolderIsToldOrMadeAgain() throws Exception {
        Path partial = folder.resolve(".half.git.partial");
        Files.createDirectories(partial.resolve("objects"));
        try (var made = JGitRepository.origin("half", folder.resolve("half.git"), "trunk")) {
            assertThat(made.branches()).isEmpty();
        }
        assertThat(partial).doesNotExist();
        assertThat(folder.resolve("half.git/HEAD")).hasContent("ref: refs/heads/trunk\n");
        assertThatThrownBy(() -> JGitRepository.origin("work", user.folder(), "main"))
                .hasMessageContaining("other things than a bare repository");
    }
}

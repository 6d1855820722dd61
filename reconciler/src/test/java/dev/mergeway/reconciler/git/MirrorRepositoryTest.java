package dev.mergeway.reconciler.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mergeway.reconciler.port.Repository.Branch;
import dev.mergeway.reconciler.port.RepositoryException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clone that follows an origin over file://, in good days and bad ones. */
class MirrorRepositoryTest {
    @TempDir
    Path folder;

    private Path bare;
    private String url;
    private PlainGit user;

    @BeforeEach
    void start() throws Exception {
        bare = folder.resolve("origin here.git");
        JGitRepository.origin("shop", bare, "main").close();
        url = bare.toUri().toString();
        user = PlainGit.clone(bare, folder.resolve("work"));
        user.file("a", "1");
        push("First");
    }

    private String push(String message) throws Exception {
        String commit = user.commit(message);
        user.run("push", "-q", "-f", "origin", "HEAD");
        return commit;
    }

    private MirrorRepository mirror() throws RepositoryException {
        return JGitRepository.mirror("shop", folder.resolve("data/shop.git"), url, Optional::empty);
    }

    @Test
    void followsItsOriginAndForgetsWhatIsGone() throws Exception {
        try (var mirror = mirror()) {
            assertThat(mirror.ready()).isFalse();
            assertThatThrownBy(mirror::branches).hasMessageContaining("no clone");
            mirror.fetch();
            assertThat(mirror.branches()).containsExactly(new Branch("main", user.id("main")));
            user.run("checkout", "-q", "-b", "topic");
            push("Topic");
            mirror.fetch();
            assertThat(mirror.head("topic")).contains(user.id("topic"));
            user.run("commit", "-q", "--amend", "--allow-empty", "-m", "Forced");
            user.run("push", "-q", "-f", "origin", "topic");
            mirror.fetch();
            assertThat(mirror.head("topic")).contains(user.id("topic"));
            user.run("push", "-q", "origin", ":topic");
            mirror.fetch();
            assertThat(mirror.head("topic")).isEmpty();
        }
    }

    @Test
    void aBranchGivesWayToAFolderOfBranches() throws Exception {
        try (var mirror = mirror()) {
            user.run("push", "-q", "origin", "main:refs/heads/topic");
            mirror.fetch();
            user.run("push", "-q", "origin", ":topic");
            user.run("push", "-q", "origin", "main:refs/heads/topic/below");
            mirror.fetch();
            assertThat(mirror.branches()).extracting(Branch::name).containsExactly("main", "topic/below");
        }
    }

    @Test
    void bringsAnAnnouncedCommitThatIsOnNoBranch() throws Exception {
        try (var mirror = mirror()) {
            mirror.fetch();
            user.run("checkout", "-q", "--detach");
            String head = user.commit("From a fork");
            user.run("push", "-q", "origin", head + ":refs/pull/7/head");
            mirror.fetch(head, List.of("refs/pull/7/head"));
            assertThat(mirror.commit(head).subject()).isEqualTo("From a fork");
            mirror.fetch(head, List.of());
            String branch = user.commit("On a branch");
            user.run("push", "-q", "origin", branch + ":refs/heads/late");
            mirror.fetch(branch, List.of("refs/pull/8/head"));
            assertThat(mirror.commit(branch).subject()).isEqualTo("On a branch");
            assertThatThrownBy(() -> mirror.fetch("1".repeat(40), List.of("refs/pull/9/head", "--upload-pack=x")))
                    .isInstanceOfSatisfying(
                            RepositoryException.class,
                            e -> assertThat(e.passing()).isTrue())
                    .hasMessageContaining("does not have it");
        }
    }

    @Test
    void isReadWhileItsOriginIsDownAndFollowsAgain() throws Exception {
        try (var mirror = mirror()) {
            mirror.fetch();
        }
        Path away = folder.resolve("away");
        Files.move(bare, away);
        try (var mirror = mirror()) {
            assertThat(mirror.ready()).isTrue();
            assertThat(mirror.branches()).hasSize(1);
            assertThatThrownBy(mirror::fetch)
                    .isInstanceOfSatisfying(
                            RepositoryException.class,
                            e -> assertThat(e.passing()).isTrue())
                    .hasMessageContaining("Repository shop: fetching");
            assertThat(mirror.branches()).hasSize(1);
            Files.move(away, bare);
            String next = push("Next");
            mirror.fetch();
            assertThat(mirror.head("main")).contains(next);
        }
    }

    @Test
    void neverClonedAndDownIsTold() throws Exception {
        Files.move(bare, folder.resolve("away"));
        try (var mirror = mirror()) {
            assertThatThrownBy(mirror::fetch).isInstanceOf(RepositoryException.class);
            assertThat(mirror.ready()).isFalse();
            assertThat(folder.resolve("data/shop.git")).doesNotExist();
        }
    }

    @Test
    void aHalfMadeOrDamagedOrForeignCloneIsMadeAgain() throws Exception {
        Path clone = folder.resolve("data/shop.git");
        Files.createDirectories(clone.resolve("objects"));
        Files.createDirectories(folder.resolve("data/.shop.git.partial/refs"));
        try (var mirror = mirror()) {
            mirror.fetch();
            assertThat(mirror.snapshot(user.id("main")).read("a")).isPresent();
        }
        Files.writeString(clone.resolve("refs/heads/main.lock"), "");
        Files.writeString(clone.resolve("packed-refs.lock"), "");
        String next = push("Next");
        try (var mirror = mirror()) {
            mirror.fetch();
            assertThat(mirror.head("main")).contains(next);
        }
        damage(clone);
        try (var mirror = mirror()) {
            assertThat(mirror.ready()).isFalse();
            mirror.fetch();
            assertThat(mirror.snapshot(next).read("a")).isPresent();
        }
        Path other = folder.resolve("other.git");
        JGitRepository.origin("other", other, "main").close();
        try (var mirror = JGitRepository.mirror("shop", clone, other.toUri().toString(), Optional::empty)) {
            assertThat(mirror.ready()).isFalse();
            mirror.fetch();
            assertThat(mirror.branches()).isEmpty();
        }
    }

    private static void damage(Path clone) throws Exception {
        try (var files = Files.walk(clone.resolve("objects"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file.toFile().setWritable(true)).isTrue();
                try (var content = new RandomAccessFile(file.toFile(), "rw")) {
                    content.setLength(content.length() / 2);
                }
            }
        }
    }

    @Test
    void aNewCloneIsLeftWithoutALock() throws Exception {
        for (int i = 0; i < 8; i++) {
            Path clone = folder.resolve("data/clone-" + i + ".git");
            try (var mirror = JGitRepository.mirror("shop", clone, url, Optional::empty)) {
                mirror.fetch();
                assertThat(clone.resolve("gc.log.lock")).doesNotExist();
            }
        }
    }

    @Test
    void packsStayFewAndNothingIsLost() throws Exception {
        Path packs = folder.resolve("data/shop.git/objects/pack");
        try (var mirror = mirror()) {
            mirror.fetch();
        }
        // As an earlier version left it.
        Files.writeString(folder.resolve("data/shop.git/gc.log.lock"), "");
        PlainGit.in(folder.resolve("data/shop.git")).run("config", "gc.auto", "6700");
        try (var mirror = mirror()) {
            int most = 0;
            for (int i = 0; i < 60; i++) {
                push("Push " + i);
                mirror.fetch();
                try (var files = Files.list(packs)) {
                    most = Math.max(
                            most, (int) files.filter(file -> file.toString().endsWith(".pack"))
                                    .count());
                }
            }
            assertThat(most).isEqualTo(50);
            assertThat(mirror.between("0".repeat(40), user.id("main"), 100)).hasSize(61);
            assertThat(mirror.snapshot(user.id("main")).read("a")).isPresent();
        }
    }

    @Test
    void manyCallersShareFetches() throws Exception {
        try (var mirror = mirror();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Future<Branch>>();
            for (int i = 0; i < 30; i++) {
                calls.add(threads.submit(() -> {
                    mirror.fetch();
                    return mirror.branches().getFirst();
                }));
            }
            for (var call : calls) {
                assertThat(call.get()).isEqualTo(new Branch("main", user.id("main")));
            }
        }
    }

    @Test
    void aTokenIsInNoMessage() throws Exception {
        var login = new Login("x-access-token", "s3cr3t");
        assertThat(login).hasToString("Login[user=x-access-token]");
        for (String url :
                List.of("https://ada:s3cr3t@127.0.0.1:1/x.git", "ssh://x/y", "git@x:y", "ext::sh -c x", "x/y")) {
            assertThatThrownBy(() -> JGitRepository.mirror("x", folder.resolve("x"), url, () -> Optional.of(login)))
                    .isInstanceOf(RepositoryException.class)
                    .hasMessageNotContaining("s3cr3t");
        }
        try (var mirror =
                JGitRepository.mirror("x", folder.resolve("x"), "http://127.0.0.1:1/x.git", () -> Optional.of(login))) {
            assertThatThrownBy(mirror::fetch)
                    .isInstanceOf(RepositoryException.class)
                    .hasMessageContaining("127.0.0.1:1")
                    .hasMessageNotContaining("s3cr3t");
        }
    }
}

package dev.mergeway.reconciler.forge.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.mergeway.reconciler.git.JGitRepository;
import dev.mergeway.reconciler.git.PlainGit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pushes of plain Git are noticed, by events and by looking. */
class LocalWatchTest {
    private static final String SHOP = "acme/shop";

    /** So long that a test which waits for it failed, on the slowest machine too. */
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private Path bare;
    private PlainGit user;

    @BeforeEach
    void start() throws Exception {
        bare = folder.resolve("shop.git");
        JGitRepository.origin(SHOP, bare, "main").close();
        user = PlainGit.clone(bare, folder.resolve("work"));
        user.file("a.yaml", "a: 1\n").commit("First");
        user.run("push", "-q", "origin", "main");
    }

    private void push(String reference) throws Exception {
        user.run("push", "-q", "origin", "main:refs/" + reference);
    }

    @Test
    void pushesAreNoticedWithoutAHook() throws Exception {
        noticed(RefEvents.open());
    }

    @Test
    void pushesAreNoticedWhereTheKernelTellsNothing() throws Exception {
        noticed(RefEvents.none());
    }

    private void noticed(RefEvents events) throws Exception {
        var told = new LinkedBlockingQueue<String>();
        try (var watch = new LocalWatch(Map.of(SHOP, bare), told::add, events).start()) {
            assertThat(watch).isNotNull();
            for (String name : List.of("heads/one", "heads/deep/er/two", "heads/deep/er/three", "tags/four")) {
                told.clear();
                push(name);
                assertThat(told.poll(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(SHOP);
            }
            PlainGit.in(bare).run("gc", "-q");
            told.clear();
            user.run("push", "-q", "origin", ":one");
            assertThat(told.poll(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(SHOP);
        }
        told.clear();
        push("heads/late");
        assertThat(told.poll(600, TimeUnit.MILLISECONDS))
                .as("nobody looks once it is closed")
                .isNull();
    }

    @Test
    void eventsTellOfAPushWithoutALook() throws Exception {
        try (RefEvents events = RefEvents.open()) {
            events.cover(SHOP, bare, RefTimes.of(bare, RefTimes.NONE));
            push("heads/one");
            assertThat(events.await(LONG)).containsExactly(SHOP);
            push("heads/deep/two");
            assertThat(events.await(LONG)).containsExactly(SHOP);
            events.cover(SHOP, bare, RefTimes.of(bare, RefTimes.NONE));
            settle(events);
            push("heads/deep/three");
            assertThat(events.await(LONG)).containsExactly(SHOP);
        }
    }

    @Test
    void aFolderThatWentAndCameBackIsListenedToAgain() throws Exception {
        try (RefEvents events = RefEvents.open()) {
            push("heads/deep/one");
            events.cover(SHOP, bare, RefTimes.of(bare, RefTimes.NONE));
            user.run("push", "-q", "origin", ":deep/one");
            Files.deleteIfExists(bare.resolve("refs/heads/deep"));
            settle(events);
            push("heads/deep/two");
            settle(events);
            events.cover(SHOP, bare, RefTimes.of(bare, RefTimes.NONE));
            push("heads/deep/three");
            assertThat(events.await(LONG)).containsExactly(SHOP);
        }
    }

    @Test
    void oneThatIsClosedWhileItBeginsToListenIsQuiet() throws Exception {
        RefEvents events = RefEvents.open();
        events.close();
        assertThatCode(() -> events.cover("acme/shop", folder, RefTimes.NONE)).doesNotThrowAnyException();
    }

    @Test
    void whatGitHasNotFinishedTellsNothing() throws Exception {
        try (RefEvents events = RefEvents.open()) {
            events.cover(SHOP, bare, RefTimes.of(bare, RefTimes.NONE));
            settle(events);
            Files.writeString(bare.resolve("refs/heads/main.lock"), "");
            assertThat(events.await(Duration.ofMillis(500))).isEmpty();
        }
    }

    private static void settle(RefEvents events) {
        while (!events.await(Duration.ofMillis(300)).isEmpty()) {
            Thread.onSpinWait();
        }
    }
}

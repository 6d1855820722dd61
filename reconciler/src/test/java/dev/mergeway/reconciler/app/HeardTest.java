package dev.mergeway.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.flow.Announcements;
import dev.mergeway.reconciler.flow.CommentCommands;
import dev.mergeway.reconciler.flow.Memory;
import dev.mergeway.reconciler.flow.PullNews;
import dev.mergeway.reconciler.port.Agenda;
import dev.mergeway.reconciler.port.Meter;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.reconciler.run.RunKey;
import dev.mergeway.reconciler.store.MemoryStore;
import dev.mergeway.webhooks.event.RepoEvent.Commented;
import dev.mergeway.webhooks.event.RepoEvent.MergeQueued;
import dev.mergeway.webhooks.event.RepoEvent.Pushed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which repository an event of a forge is about. */
class HeardTest {
    private final List<RunKey> asked = new ArrayList<>();
    private final Events events = events("Admin0/Shop");

    private Events events(String path) {
        RepositoryInfo shop =
                new RepositoryInfo("shop", "corp", path, "main", RepositoryInfo.Role.TEAM, "shop", List.of());
        MemoryStore store = new MemoryStore(() -> Instant.EPOCH);
        Agenda agenda = (key, delay) -> asked.add(key);
        Meter meter = new Meter() {
            @Override
            public void count(String name, long amount) {}

            @Override
            public void time(String name, Duration took) {}
        };
        Memory memory = new Memory(store, store, agenda, () -> Instant.EPOCH, meter);
        return new Events(
                List.of(shop), agenda, new CommentCommands(memory), new PullNews(memory, new Announcements()));
    }

    @Test
    void aPathIsTheSameInAnyCase() {
        Pushed push = new Pushed("admin0/shop", "main", "a".repeat(40), "b".repeat(40));
        assertThat(events.concerns("corp", push)).isTrue();
        events.happened("corp", push);
        assertThat(asked).containsExactly(new RunKey.Look("shop"));
        assertThat(events.orders("corp", new MergeQueued("admin0/shop", "c".repeat(40), "main", List.of(7))))
                .containsExactly(new RunKey.Queued("shop", 7, "c".repeat(40)));
        assertThat(events.orders("corp", new Commented("admin0/shop", 7, 1, "rosa", "/mergeway plan", false)))
                .hasSize(1);
    }

    @Test
    void anotherRepositoryAndAnotherForgeAreLeftAlone() {
        Pushed push = new Pushed("admin0/shop", "main", "a".repeat(40), "b".repeat(40));
        Pushed renamed = new Pushed("admin0/store", "main", "a".repeat(40), "b".repeat(40));
        assertThat(events.concerns("corp", renamed)).isFalse();
        assertThat(events.concerns("hub", push)).isFalse();
        events.happened("corp", renamed);
        events.happened("hub", push);
        assertThat(asked).isEmpty();
    }
}

package dev.mergeway.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.flow.CommentCommands;
import dev.mergeway.reconciler.flow.Hints;
import dev.mergeway.reconciler.flow.Memory;
import dev.mergeway.reconciler.flow.PullNews;
import dev.mergeway.reconciler.port.Agenda;
import dev.mergeway.reconciler.port.Meter;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.reconciler.run.RunKey;
import dev.mergeway.reconciler.store.MemoryStore;
import dev.mergeway.webhooks.event.RepoEvent.MergeQueued;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What events order is kept with their delivery; what they only hint at is not. */
class EventOrdersTest {
    private static final RepositoryInfo SHOP = new RepositoryInfo(
            "shop", "corp", "acme/shop", "main", RepositoryInfo.Role.TEAM, "shop", List.of("shop-*"));

    private static Events events() {
        MemoryStore store = new MemoryStore(() -> Instant.EPOCH);
        Agenda agenda = new Agenda() {
            @Override
            public void ask(RunKey key, Duration delay) {
                throw new AssertionError("asked for apart from its delivery: " + key.text());
            }
        };
        Meter meter = new Meter() {
            @Override
            public void count(String name, long amount) {}

            @Override
            public void time(String name, Duration took) {}
        };
        Memory memory = new Memory(store, store, agenda, () -> Instant.EPOCH, meter);
        return new Events(
                List.of(SHOP), agenda, new CommentCommands(memory), new PullNews(memory, new Hints().announcements()));
    }

    @Test
    void whatAMergeQueueWaitsForIsKeptWithItsDelivery() {
        MergeQueued queued = new MergeQueued("acme/shop", "abc", "main", List.of(7));
        assertThat(events().orders("corp", queued)).containsExactly(new RunKey.Queued("shop", 7, "abc"));
        events().happened("corp", queued);
        MergeQueued elsewhere = new MergeQueued("acme/shop", "abc", "next", List.of(7));
        assertThat(events().orders("corp", elsewhere)).isEmpty();
        assertThat(events().orders("other", queued)).isEmpty();
    }
}

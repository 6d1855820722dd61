package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.resource.Outcome.Result;
import dev.mergeway.reconciler.run.RunState;
import dev.mergeway.reconciler.store.MemoryStore;
import dev.mergeway.reconciler.store.Samples;
import dev.mergeway.schema.model.ResourceKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnfinishedTest {
    private final MemoryStore store = new MemoryStore(() -> Samples.NOON);
    private final ResourceKey created = Samples.key("created");
    private final ResourceKey begun = Samples.key("begun");
    private final ResourceKey old = Samples.key("old");

    private Map<ResourceKey, Outcome> finished(String run) {
        Map<ResourceKey, Outcome> outcomes = new LinkedHashMap<>();
        for (ResourceKey key : new ResourceKey[] {created, begun, old}) {
            outcomes.put(key, Outcome.done(key, Result.UNCHANGED));
        }
        return Unfinished.finished(store, "dev", run, outcomes);
    }

    private void release(String id) {
        store.begin(Samples.run(id, "dev", null));
    }

    private void did(String id, Action action, ResourceKey key, Result result) {
        store.intend(id, action, key);
        store.ended(id, Outcome.done(key, result));
    }

    @Test
    void whatAKilledReleaseDidIsToldByTheOneThatFinishesIt() {
        release("1");
        did("1", Action.CREATE, created, Result.CREATED);
        store.intend("1", Action.UPDATE, begun);
        release("2");
        did("2", Action.UPDATE, created, Result.UPDATED);
        store.end("2", RunState.FAILED, "");
        release("3");
        assertThat(finished("3").values())
                .extracting(Outcome::result)
                .containsExactly(Result.CREATED, Result.UPDATED, Result.UNCHANGED);
    }

    @Test
    void whatWentThroughBeforeIsNotToldAgain() {
        release("1");
        did("1", Action.CREATE, created, Result.CREATED);
        store.end("1", RunState.SUCCEEDED, "");
        release("2");
        assertThat(finished("2").values()).extracting(Outcome::result).containsOnly(Result.UNCHANGED);
    }
}

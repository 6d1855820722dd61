package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.port.Forge.Reaction;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.run.RunKey;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rollback whose answer the forge did not take: done again, it is the same pull request, which the forge keeps one of. */
class RollbackTest {
    @Test
    void doneAgainItIsOfTheSameBranch(@TempDir Path folder) throws RepositoryException {
        try (Workshop shop = new Workshop(folder)) {
            String merge = shop.commit("main", Map.of("notes.txt", "merged\n"));
            shop.forge.pulls.put(
                    7,
                    new PullRequest(
                            7,
                            "t",
                            "rosa",
                            "feature",
                            merge,
                            "main",
                            PullRequest.State.MERGED,
                            merge,
                            "u",
                            false,
                            false));
            shop.forge.reactFailures.add(new ForgeException("Forge 'corp' is away.", true, null, null));
            shop.says("/mergeway rollback");
            RunKey command = shop.asked.iterator().next();
            assertThat(shop.run(command).retry()).isTrue();
            assertThat(shop.run(command).retry()).isFalse();
            assertThat(shop.forge.proposed).containsExactly("mergeway/rollback-7", "mergeway/rollback-7");
            assertThat(shop.forge.reactions).containsExactly(Reaction.DONE);
        }
    }
}

package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.port.Forge.Reaction;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.run.RunKey;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rollback whose answer the forge did not take: done again, it is the same pull request, which the forge keeps one of. */
class RollbackTest {
    @Test
    void doneAgainItIsOfTheSameBranch(@TempDir Path folder) throws RepositoryException {
        try (Workshop shop = new Workshop(folder)) {
            String merge = shop.commit("main", Map.of("notes.txt", "merged\n"));
            merged(shop, merge, merge);
            shop.forge.reactFailures.add(new ForgeException("Forge 'corp' is away.", true, null, null));
            shop.says("/mergeway rollback");
            RunKey command = shop.asked.iterator().next();
            assertThat(shop.run(command).retry()).isTrue();
            assertThat(shop.run(command).retry()).isFalse();
            assertThat(shop.forge.proposed).containsExactly("mergeway/rollback-7", "mergeway/rollback-7");
            assertThat(shop.forge.reactions).containsExactly(Reaction.DONE);
        }
    }

    private static void merged(Workshop shop, String head, String merge) {
        shop.forge.pulls.put(
                7,
                new PullRequest(
                        7, "t", "rosa", "feature", head, "main", PullRequest.State.MERGED, merge, "u", false, false));
    }

    private static void rollBack(Workshop shop) {
        shop.says("/mergeway rollback");
        shop.run(shop.asked.iterator().next());
    }

    @Test
    void whatCannotBeReadWholeIsNotTakenForDeleted(@TempDir Path folder) throws RepositoryException {
        try (Workshop shop = new Workshop(folder)) {
            shop.commit("main", Map.of("package.lock", "x".repeat(1_500_000)));
            String merge = shop.commit("main", Map.of("package.lock", "y", "notes.txt", "merged\n"));
            merged(shop, merge, merge);
            rollBack(shop);
            assertThat(shop.forge.proposed).isEmpty();
            assertThat(shop.forge.reactions).containsExactly(Reaction.CONFUSED);
            assertThat(shop.forge.comments.get(7)).contains("`package.lock` has 1500000 bytes", "git revert");
        }
    }

    @Test
    void aLargeFileThatItAddedIsTakenAway(@TempDir Path folder) throws RepositoryException {
        try (Workshop shop = new Workshop(folder)) {
            String merge = shop.commit("main", Map.of("package.lock", "x".repeat(1_500_000)));
            merged(shop, merge, merge);
            rollBack(shop);
            assertThat(shop.forge.changes).containsOnlyKeys("package.lock").containsValue(Optional.empty());
        }
    }

    @Test
    void allCommitsOfARebaseMergeAreTakenBack(@TempDir Path folder) throws RepositoryException {
        try (Workshop shop = new Workshop(folder)) {
            shop.commit("feature", Map.of("one.txt", "1\n"));
            String head = shop.commit("feature", Map.of("two.txt", "2\n"));
            shop.commit("main", Map.of("by-others.txt", "0\n"));
            shop.commit("main", Map.of("one.txt", "1\n"));
            String last = shop.commit("main", Map.of("two.txt", "2\n"));
            merged(shop, head, last);
            rollBack(shop);
            assertThat(shop.forge.changes).containsOnlyKeys("one.txt", "two.txt");
        }
    }

    @Test
    void ofASquashOnlyItsOneCommitIsTakenBack(@TempDir Path folder) throws RepositoryException {
        try (Workshop shop = new Workshop(folder)) {
            shop.commit("feature", Map.of("one.txt", "1\n"));
            String head = shop.commit("feature", Map.of("two.txt", "2\n"));
            shop.commit("main", Map.of("by-others.txt", "0\n"));
            String squashed = shop.commit("main", Map.of("one.txt", "1\n", "two.txt", "2\n"));
            merged(shop, head, squashed);
            rollBack(shop);
            assertThat(shop.forge.changes).containsOnlyKeys("one.txt", "two.txt");
        }
    }
}

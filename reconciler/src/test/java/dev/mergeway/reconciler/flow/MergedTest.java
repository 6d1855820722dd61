package dev.mergeway.reconciler.flow;

import static dev.mergeway.reconciler.flow.Lab.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.git.JGitRepository;
import dev.mergeway.reconciler.git.OriginRepository;
import dev.mergeway.reconciler.port.BareRepository.Author;
import dev.mergeway.reconciler.port.PullRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What came into an environment is found behind whatever else was merged meanwhile. */
class MergedTest {
    @Test
    void whatIsHeldIsFoundBehindSixtyCommitsOfOthers(@TempDir Path folder) throws Exception {
        FakeForge forge = new FakeForge();
        try (OriginRepository git = JGitRepository.origin("shop", folder.resolve("shop.git"), "main")) {
            World world = new World(Map.of("shop", SHOP), Map.of("shop", git), Map.of("corp", forge), Map.of());
            String before = commit(git, "readme.txt", 0);
            String held = commit(git, "dev/web.yaml", 0);
            forge.pulls.put(
                    7,
                    new PullRequest(
                            7, "t", "rosa", "f", held, "main", PullRequest.State.MERGED, held, "u", false, false));
            String last = held;
            for (int count = 0; count < 60; count++) {
                last = commit(git, "other/notes.txt", count);
            }
            Merged merged = Merged.between(world, SHOP, before, last, paths -> paths.contains("dev/web.yaml"));
            assertThat(merged.inOrder()).extracting(PullRequest::number).containsExactly(7);
            assertThat(merged.commits()).hasSize(1);
        }
    }

    private static String commit(OriginRepository git, String path, int text) throws Exception {
        Optional<String> tip = git.head("main");
        Optional<byte[]> content = Optional.of((path + text).getBytes(StandardCharsets.UTF_8));
        Author rosa = new Author("rosa", "rosa@example.test", Instant.EPOCH);
        String commit = git.write(tip.orElse(""), Map.of(path, content), rosa, "Change");
        git.point("refs/heads/main", tip, Optional.of(commit));
        return commit;
    }
}

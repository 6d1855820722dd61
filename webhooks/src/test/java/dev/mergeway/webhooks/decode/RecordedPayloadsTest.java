package dev.mergeway.webhooks.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mergeway.webhooks.event.Headers;
import dev.mergeway.webhooks.event.RepoEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Replays what GitHub sent, recorded by Octokit: none of it is malformed, and what we act on is told. */
class RecordedPayloadsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everyRecordedPayloadIsUnderstood() throws IOException {
        Path examples = TestData.at("octokit-webhooks-examples-7.6.1/index.json");
        Map<String, Integer> told = new TreeMap<>();
        int replayed = 0;
        for (JsonNode event : JSON.readTree(examples.toFile())) {
            for (JsonNode payload : event.get("examples")) {
                String name = event.get("name").asText();
                Decoded decoded = new GitHubDecoder()
                        .decode(Headers.of(Map.of("X-GitHub-Event", name)), JSON.writeValueAsBytes(payload));
                assertThat(decoded).as("%s: %s", name, payload).isInstanceOf(Decoded.Event.class);
                told.merge(label(((Decoded.Event) decoded).event()), 1, Integer::sum);
                replayed++;
            }
        }
        assertThat(replayed).isEqualTo(329);
        assertThat(told)
                .containsOnlyKeys(
                        "Ignored",
                        "Pushed",
                        "Reviewed",
                        "MergeQueued",
                        "OPENED",
                        "COMMITS",
                        "REOPENED",
                        "DRAFT",
                        "READY",
                        "CLOSED")
                .containsEntry("OPENED", 4)
                .containsEntry("READY", 3)
                .containsEntry("MergeQueued", 2)
                .containsEntry("Reviewed", 1)
                .containsEntry("Pushed", 2);
    }

    private static String label(RepoEvent event) {
        return event instanceof RepoEvent.PullChanged pull
                ? pull.change().name()
                : event.getClass().getSimpleName();
    }
}

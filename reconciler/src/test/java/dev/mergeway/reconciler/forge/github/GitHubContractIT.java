package dev.mergeway.reconciler.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mergeway.reconciler.port.Forge.CommitStatus;
import dev.mergeway.reconciler.port.Forge.Reaction;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.Remark;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Everything that we ask of GitHub is something that GitHub's own description of its API allows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GitHubContractIT {
    private static final String R = "/repos/acme/shop";
    private static final String HEAD = "a".repeat(40);
    private static final PullRequest PULL =
            new PullRequest(7, "t", "ann", "feat", HEAD, "main", PullRequest.State.OPEN, null, "u", false, false);
    private Optional<GitHubContract> contract = Optional.empty();

    @BeforeAll
    void start() throws IOException {
        boolean required = "1".equals(System.getenv("MERGEWAY_REQUIRE_SERVERS"));
        assumeTrue(required || GitHubContract.isFetched(), "no contract of GitHub: run .ci/test-data contract");
        contract = Optional.of(new GitHubContract());
    }

    @AfterAll
    void stop() {
        contract.ifPresent(GitHubContract::close);
    }

    private GitHubContract contract() {
        return contract.orElseThrow();
    }

    private GitHubForge forge(GitHubLogin login) {
        return new GitHubForge("hub", contract().url(), login, Instant::now, wait -> {});
    }

    private static GitHubLogin app() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        byte[] der = generator.generateKeyPair().getPrivate().getEncoded();
        String pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END PRIVATE KEY-----";
        return new GitHubLogin.App("42", pem);
    }

    private static List<Remark> findings(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(line -> new Finding(
                        Severity.values()[line % 3], "a.yaml", new Position(line, 1), "/a", "schema/x", "no", "try b"))
                .map(finding -> new Remark(finding, "b: 1"))
                .toList();
    }

    @Test
    void aUsersRequestsAreAllowed() throws ForgeException {
        contract().override(R + "/pulls/7/files", "[{'filename':'a.yaml','patch':'@@ -0,0 +1,2 @@\\n+a: 1\\n+b: 2'}]");
        contract()
                .override(
                        R + "/pulls/7/comments",
                        "[{'id':4,'user':{'login':'octocat'},'body':'<!-- mergeway:findings old -->'}]");
        contract().override("/user", "{'login':'octocat'}");
        try (GitHubForge forge = forge(new GitHubLogin.Token("ghp_x"))) {
            assertThat(forge.open("acme/shop", "main")).isNotEmpty();
            assertThat(forge.pull("acme/shop", 7).orElseThrow().author()).isEqualTo("octocat");
            assertThat(forge.pullsOf("acme/shop", HEAD)).isNotNull();
            forge.say("acme/shop", 7, "<!-- m -->", "<!-- m --> new");
            forge.say("acme/shop", 7, "Me too", "Me too, edited");
            for (CommitStatus.State state : CommitStatus.State.values()) {
                forge.status("acme/shop", HEAD, new CommitStatus("mergeway/plan", state, "x", "https://m/1"));
            }
            for (Reaction reaction : Reaction.values()) {
                forge.react("acme/shop", 7, 5, reaction);
            }
            assertThat(forge.approvals("acme/shop", 7, HEAD)).isEmpty();
            assertThat(forge.permission("acme/shop", "ann")).isNotNull();
            assertThat(forge.members("acme/shop", "acme/reviewers")).isPresent();
            assertThat(forge.address("acme/shop", "octocat")).isPresent();
            forge.annotate("acme/shop", PULL, findings(2));
            Map<String, Optional<byte[]>> changes = Map.of(
                    "a.yaml", Optional.of("a: 2\n".getBytes(StandardCharsets.UTF_8)), "b.yaml", Optional.empty());
            assertThat(forge.propose("acme/shop", "main", "mergeway/x", "t", "b", changes))
                    .isPositive();
        }
        assertThat(contract().violations()).isEmpty();
        assertThat(contract().asked())
                .contains(
                        "POST " + R + "/issues/7/comments",
                        "PATCH " + R + "/issues/comments/1",
                        "POST " + R + "/pulls/7/reviews",
                        "DELETE " + R + "/pulls/comments/4",
                        "POST " + R + "/git/trees",
                        "POST " + R + "/git/commits",
                        "POST " + R + "/pulls");
    }

    @Test
    void anAppsRequestsAreAllowed() throws ForgeException, GeneralSecurityException {
        try (GitHubForge forge = forge(app())) {
            forge.annotate("acme/shop", PULL, findings(60));
            assertThat(forge.said("acme/shop", 7, "<!-- m -->")).isEmpty();
        }
        assertThat(contract().violations()).isEmpty();
        assertThat(contract().asked())
                .contains("GET " + R + "/installation", "GET /app", "POST " + R + "/check-runs")
                .anyMatch(line -> line.startsWith("PATCH " + R + "/check-runs/"));
    }
}

package dev.mergeway.reconciler.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mergeway.reconciler.forge.rest.StandIn;
import dev.mergeway.reconciler.forge.rest.StandIn.Answer;
import dev.mergeway.reconciler.forge.rest.StandIn.Asked;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.Remark;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.Severity;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An App: its key, its tokens, its check runs. */
class GitHubAppTest {
    private static final KeyPair KEYS = keys();
    private static final String R = "/api/v3/repos/acme/shop";
    private static final String HEAD = "a".repeat(40);
    private final StandIn api = new StandIn();
    private Instant now = Instant.parse("2026-11-25T10:00:00Z");
    private int tokens;
    private final GitHubForge forge = new GitHubForge(
            "hub",
            api.url(),
            new GitHubLogin.App("42", pem("PRIVATE KEY", KEYS.getPrivate().getEncoded())),
            () -> now,
            wait -> now = now.plus(wait));

    GitHubAppTest() {
        api.on("GET " + R + "/installation", "{'id':9}")
                .on("GET /api/v3/repos/acme/other/installation", "{'id':9}")
                .on(
                        "POST /api/v3/app/installations/9/access_tokens",
                        asked -> new Answer(
                                201,
                                "{\"token\":\"ghs_%d\",\"expires_at\":\"%s\"}"
                                        .formatted(++tokens, now.plus(Duration.ofHours(1)))))
                .on("GET " + R + "/pulls", "[]")
                .on("GET /api/v3/repos/acme/other/pulls", "[]");
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + kind
                + "-----\n";
    }

    @AfterEach
    void close() {
        forge.close();
        api.close();
    }

    private static String authorization(Asked asked) {
        return asked.headers().getOrDefault("authorization", "");
    }

    @Test
    void takesATokenOfItsInstallationAndRefreshesIt() throws Exception {
        forge.open("acme/shop", "main");
        forge.open("acme/other", "main");
        now = now.plus(Duration.ofMinutes(54));
        forge.open("acme/shop", "main");
        now = now.plus(Duration.ofMinutes(2));
        forge.open("acme/shop", "main");
        assertThat(api.asked("GET " + R + "/pulls"))
                .extracting(GitHubAppTest::authorization)
                .containsExactly("Bearer ghs_1", "Bearer ghs_1", "Bearer ghs_2");
        verified(authorization(api.asked("GET " + R + "/installation").getFirst()));
    }

    private static void verified(String authorization) throws GeneralSecurityException {
        String[] parts = authorization.substring("Bearer ".length()).split("\\.");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(KEYS.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        Instant start = Instant.parse("2026-11-25T10:00:00Z");
        assertThat(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                .isEqualTo("{\"iat\":%d,\"exp\":%d,\"iss\":\"42\"}"
                        .formatted(start.getEpochSecond() - 60, start.getEpochSecond() + 540));
    }

    @Test
    void takesANewTokenWhenTheOldOneIsRevoked() throws ForgeException {
        forge.open("acme/shop", "main");
        api.on(
                "GET " + R + "/pulls",
                asked -> authorization(asked).equals("Bearer ghs_1")
                        ? new Answer(401, "{\"message\":\"Bad credentials\"}")
                        : new Answer(200, "[]"));
        forge.open("acme/shop", "main");
        assertThat(tokens).isEqualTo(2);
    }

    @Test
    void readsTheKeyInBothForms() {
        byte[] pkcs8 = KEYS.getPrivate().getEncoded();
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length);
        String one = AppKey.of(pem("RSA PRIVATE KEY", pkcs1)).token("42", now);
        assertThat(one).isEqualTo(AppKey.of(pem("PRIVATE KEY", pkcs8)).token("42", now));
        assertThatThrownBy(() -> AppKey.of("hunter2"))
                .hasMessageContaining("PEM")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> AppKey.of(pem("PRIVATE KEY", new byte[] {1, 2, 3})))
                .hasMessageContaining("cannot be read")
                .hasNoCause();
        assertThatThrownBy(() -> new GitHubForge(
                        "hub", URI.create("https://github.com"), new GitHubLogin.App("1", "x"), () -> now, w -> {}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new GitHubLogin.App("1", "hunter2")).asString().doesNotContain("hunter2");
    }

    @Test
    void showsFindingsAsACheckRunFiftyAtATime() throws ForgeException {
        var pull =
                new PullRequest(7, "t", "ann", "feat", HEAD, "main", PullRequest.State.OPEN, null, "u", false, false);
        List<String> shown = new ArrayList<>();
        api.on(
                        "GET " + R + "/commits/" + HEAD + "/check-runs",
                        asked -> new Answer(200, "{\"check_runs\":[" + String.join(",", shown) + "]}"))
                .on("POST " + R + "/check-runs", asked -> {
                    shown.add("{\"external_id\":" + asked.body().path("external_id") + "}");
                    return new Answer(201, "{\"id\":77}");
                })
                .on("PATCH " + R + "/check-runs/77", "{}");
        List<Remark> findings = IntStream.rangeClosed(1, 120)
                .mapToObj(line -> new Finding(
                        line == 1 ? Severity.ERROR : Severity.WARNING,
                        "a.yaml",
                        new Position(line, 1),
                        "",
                        "r/x",
                        "m",
                        "h"))
                .map(finding -> new Remark(finding, finding.isError() ? "a: 1" : ""))
                .toList();
        forge.annotate("acme/shop", pull, List.of());
        assertThat(api.asked("POST " + R + "/check-runs")).as("nothing to say").isEmpty();
        forge.annotate("acme/shop", pull, findings);
        forge.annotate("acme/shop", pull, findings);
        assertThat(api.asked("POST " + R + "/check-runs")).hasSize(1);
        Asked first = api.asked("POST " + R + "/check-runs").getFirst();
        assertThat(first.body().path("conclusion").asString("")).isEqualTo("failure");
        assertThat(first.body().path("output").path("annotations")).hasSize(50);
        assertThat(first.body()
                        .path("output")
                        .path("annotations")
                        .path(0)
                        .path("message")
                        .asString(""))
                .isEqualTo("m\nh");
        assertThat(first.body().path("output").path("annotations"))
                .extracting(annotation -> annotation.path("raw_details").asString(""))
                .startsWith("It should read:\na: 1", "");
        assertThat(api.asked("PATCH " + R + "/check-runs/77"))
                .extracting(
                        asked -> asked.body().path("output").path("annotations").size())
                .containsExactly(50, 20);
        forge.annotate("acme/shop", pull, List.of());
        assertThat(api.asked("POST " + R + "/check-runs")
                        .getLast()
                        .body()
                        .path("conclusion")
                        .asString(""))
                .isEqualTo("success");
    }
}

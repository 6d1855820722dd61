package dev.mergeway.webhooks.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mergeway.webhooks.Signatures;
import dev.mergeway.webhooks.event.ForgeType;
import dev.mergeway.webhooks.event.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VerifierTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_764_000_000);
    private static final String BODY = "{\"a\":\"ü\"}";
    private static final byte[] BYTES = BODY.getBytes(StandardCharsets.UTF_8);
    private static final String NEW = Signatures.hex("new", BYTES);
    private static final String OLD = Signatures.hex("old", BYTES);
    private static final byte[] KEY = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    private static final String SIGNING = "whsec_" + Base64.getEncoder().encodeToString(KEY);

    static Stream<Arguments> hexSigned() {
        return Stream.of(
                Arguments.of(ForgeType.GITHUB, "X-Hub-Signature-256", "sha256=" + NEW, true),
                Arguments.of(ForgeType.GITHUB, "x-hub-signature-256", " sha256=" + OLD + " ", true),
                Arguments.of(ForgeType.GITHUB, "X-Hub-Signature-256", "sha256=" + NEW.toUpperCase(Locale.ROOT), true),
                Arguments.of(ForgeType.GITHUB, "X-Hub-Signature-256", NEW, false),
                Arguments.of(ForgeType.GITHUB, "X-Hub-Signature-256", "sha1=" + NEW, false),
                Arguments.of(ForgeType.GITHUB, "X-Hub-Signature-256", "sha256=", false),
                Arguments.of(ForgeType.GITHUB, "X-Hub-Signature-256", "sha256=" + "é".repeat(64), false),
                Arguments.of(ForgeType.GITHUB, "X-Hub-Signature-256", "sha256=" + NEW.substring(2), false),
                Arguments.of(ForgeType.GITHUB, "X-Hub-Signature", "sha256=" + NEW, false),
                Arguments.of(ForgeType.GITHUB, "X-Gitea-Signature", NEW, false),
                Arguments.of(ForgeType.GITEA, "X-Gitea-Signature", NEW, true),
                Arguments.of(ForgeType.GITEA, "X-Gitea-Signature", OLD, true),
                Arguments.of(ForgeType.GITEA, "X-Forgejo-Signature", NEW, true),
                Arguments.of(ForgeType.GITEA, "X-Gitea-Signature", "sha256=" + NEW, false),
                Arguments.of(ForgeType.GITEA, "X-Hub-Signature-256", "sha256=" + NEW, false),
                Arguments.of(ForgeType.GITEA, "X-Gitea-Signature", Signatures.hex("other", BYTES), false),
                Arguments.of(ForgeType.GITLAB, "X-Gitlab-Token", "new", true),
                Arguments.of(ForgeType.GITLAB, "X-Gitlab-Token", "old", true),
                Arguments.of(ForgeType.GITLAB, "X-Gitlab-Token", "ne", false),
                Arguments.of(ForgeType.GITLAB, "X-Gitlab-Token", "newer", false),
                Arguments.of(ForgeType.GITLAB, "X-Gitlab-Token", "", false));
    }

    @ParameterizedTest
    @MethodSource("hexSigned")
    void takesWhatOneOfTheSecretsSigned(ForgeType type, String header, String value, boolean authentic) {
        Verifier verifier = Verifier.of(type, Secrets.of("new", Optional.of("old")));
        assertThat(verifier.isAuthentic(Headers.of(Map.of(header, value)), BYTES, NOW))
                .isEqualTo(authentic);
        assertThat(verifier.isAuthentic(Headers.of(Map.of()), BYTES, NOW)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("hexSigned")
    void refusesWhenOneByteOfTheBodyDiffers(ForgeType type, String header, String value, boolean ignored) {
        byte[] other = BYTES.clone();
        other[0] ^= 1;
        if (type != ForgeType.GITLAB) {
            assertThat(Verifier.of(type, Secrets.of("new", Optional.of("old")))
                            .isAuthentic(Headers.of(Map.of(header, value)), other, NOW))
                    .isFalse();
        }
    }

    static Stream<Arguments> standardWebhooks() {
        String now = Long.toString(NOW.getEpochSecond());
        String late = Long.toString(NOW.getEpochSecond() - 301);
        String early = Long.toString(NOW.getEpochSecond() + 301);
        String good = Signatures.base64(KEY, "m1", now, BODY);
        return Stream.of(
                Arguments.of("m1", now, good, true),
                Arguments.of("m1", now, "v1,AAAA " + good, true),
                Arguments.of("m1", now, "v1a,AAAA v2,zzz", false),
                Arguments.of("m2", now, good, false),
                Arguments.of("m1", Long.toString(NOW.getEpochSecond() + 1), good, false),
                Arguments.of("m1", late, Signatures.base64(KEY, "m1", late, BODY), false),
                Arguments.of("m1", early, Signatures.base64(KEY, "m1", early, BODY), false),
                Arguments.of("m1", "soon", Signatures.base64(KEY, "m1", "soon", BODY), false),
                Arguments.of("m1", "", good, false),
                Arguments.of("", now, Signatures.base64(KEY, "", now, BODY), false),
                Arguments.of("m1", now, "v1,not base64!", false),
                Arguments.of("m1", now, "v1," + "A".repeat(100_000), false));
    }

    @ParameterizedTest
    @MethodSource("standardWebhooks")
    void readsGitLabsSignedForm(String id, String timestamp, String signature, boolean authentic) {
        Headers headers =
                Headers.of(Map.of("webhook-id", id, "webhook-timestamp", timestamp, "webhook-signature", signature));
        Verifier verifier = Verifier.of(ForgeType.GITLAB, Secrets.of("else", Optional.of(SIGNING)));
        assertThat(verifier.isAuthentic(headers, BYTES, NOW)).isEqualTo(authentic);
    }

    @Test
    void aPlainTokenDoesNotRescueAWrongSignature() {
        Headers headers = Headers.of(Map.of("webhook-signature", "v1,AAAA", "X-Gitlab-Token", "new"));
        assertThat(Verifier.of(ForgeType.GITLAB, Secrets.of("new")).isAuthentic(headers, BYTES, NOW))
                .isFalse();
    }

    @Test
    void secretsAreNeverEmptyAndNeverShown() {
        assertThatThrownBy(() -> Secrets.of(" ")).hasMessageContaining("empty");
        assertThatThrownBy(() -> Secrets.of("a", Optional.of(""))).hasMessageContaining("empty");
        assertThat(Secrets.of("hunter2")).asString().doesNotContain("hunter2");
        assertThat(Headers.of(Map.of("X-Gitlab-Token", "hunter2"))).asString().doesNotContain("hunter2");
    }
}

package dev.mergeway.webhooks.verify;

import dev.mergeway.webhooks.event.Headers;
import java.time.Instant;
import java.util.List;

/** {@code X-Hub-Signature-256: sha256=} and the hex HMAC of the body. The SHA-1 header beside it is never looked at. */
final class GitHubVerifier implements Verifier {
    private static final String PREFIX = "sha256=";
    private final List<byte[]> keys;

    GitHubVerifier(Secrets secrets) {
        keys = secrets.keys();
    }

    @Override
    public boolean isAuthentic(Headers headers, byte[] body, Instant now) {
        String signature = headers.value("X-Hub-Signature-256").orElse("");
        return signature.startsWith(PREFIX) && Hmac.matchesHex(signature.substring(PREFIX.length()), keys, body);
    }
}

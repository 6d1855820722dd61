package dev.mergeway.webhooks.verify;

import dev.mergeway.webhooks.event.Headers;
import java.time.Instant;
import java.util.List;

/**
 * {@code X-Gitea-Signature}: the bare hex HMAC of the body. Gitea sends GitHub's headers too (seen on 1.26 and 1.27);
 * its own decides alone. Forgejo sends Gitea's beside its own.
 */
final class GiteaVerifier implements Verifier {
    private final List<byte[]> keys;

    GiteaVerifier(Secrets secrets) {
        keys = secrets.keys();
    }

    @Override
    public boolean isAuthentic(Headers headers, byte[] body, Instant now) {
        return headers.value("X-Gitea-Signature")
                .or(() -> headers.value("X-Forgejo-Signature"))
                .map(signature -> Hmac.matchesHex(signature, keys, body))
                .orElse(false);
    }
}

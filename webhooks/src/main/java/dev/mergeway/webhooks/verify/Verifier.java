package dev.mergeway.webhooks.verify;

import dev.mergeway.webhooks.event.ForgeType;
import dev.mergeway.webhooks.event.Headers;
import java.time.Instant;

/** Decides whether a delivery is authentic, on its raw bytes, before anything reads them. Safe for many threads. */
@FunctionalInterface
public interface Verifier {
    /** Whether one of the secrets signed these bytes. Takes the same time whichever byte of a signature is wrong. */
    boolean isAuthentic(Headers headers, byte[] body, Instant now);

    /** The rule of a kind of forge. */
    static Verifier of(ForgeType type, Secrets secrets) {
        return switch (type) {
            case GITHUB -> new GitHubVerifier(secrets);
            case GITLAB -> new GitLabVerifier(secrets);
            case GITEA -> new GiteaVerifier(secrets);
        };
    }
}

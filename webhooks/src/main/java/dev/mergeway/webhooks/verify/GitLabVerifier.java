package dev.mergeway.webhooks.verify;

import dev.mergeway.webhooks.event.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * GitLab's two ways. Signed (Standard Webhooks): {@code webhook-signature} holds {@code v1,} and the Base64 HMAC over
 * id, timestamp and body, several separated by blanks, and the timestamp must be near; where that header is there, it
 * alone decides. Plain: {@code X-Gitlab-Token} is the secret itself.
 */
final class GitLabVerifier implements Verifier {
    /** How far the timestamp may be from now, as the Standard Webhooks libraries have it. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final String VERSION = "v1,";
    private static final String KEY_PREFIX = "whsec_";
    private static final int SIGNATURES = 10;
    private final List<byte[]> plain;
    private final List<byte[]> signing;

    GitLabVerifier(Secrets secrets) {
        plain = secrets.keys();
        signing = secrets.texts().stream().map(GitLabVerifier::signingKey).toList();
    }

    @Override
    public boolean isAuthentic(Headers headers, byte[] body, Instant now) {
        return headers.value("webhook-signature")
                .map(signature -> isSigned(signature, headers, body, now))
                .orElseGet(() -> isToken(headers.value("X-Gitlab-Token").orElse("")));
    }

    private boolean isToken(String token) {
        boolean matches = false;
        for (byte[] secret : plain) {
            // Digests have one length, so the time says nothing about the length of the secret either.
            matches |= MessageDigest.isEqual(
                    Hmac.sign(secret, token.getBytes(StandardCharsets.UTF_8)), Hmac.sign(secret, secret));
        }
        return matches;
    }

    private boolean isSigned(String signatures, Headers headers, byte[] body, Instant now) {
        String id = headers.value("webhook-id").orElse("");
        String timestamp = headers.value("webhook-timestamp").orElse("");
        if (id.isEmpty() || !isNear(timestamp, now)) {
            return false;
        }
        byte[] lead = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        boolean matches = false;
        for (byte[] key : signing) {
            byte[] expected = Hmac.sign(key, lead, body);
            for (String signature : signatures.split(" ", SIGNATURES)) {
                matches |= signature.startsWith(VERSION)
                        && MessageDigest.isEqual(expected, base64(signature.substring(VERSION.length())));
            }
        }
        return matches;
    }

    private static boolean isNear(String timestamp, Instant now) {
        if (!timestamp.matches("[0-9]{1,12}")) {
            return false;
        }
        Duration distance = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now);
        return distance.abs().compareTo(TOLERANCE) <= 0;
    }

    /** A signing token is {@code whsec_} and the key in Base64; anything else is taken as it is written. */
    private static byte[] signingKey(String secret) {
        byte[] key = secret.startsWith(KEY_PREFIX) ? base64(secret.substring(KEY_PREFIX.length())) : new byte[0];
        return key.length > 0 ? key : secret.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}

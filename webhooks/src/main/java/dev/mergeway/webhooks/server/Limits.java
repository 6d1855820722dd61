package dev.mergeway.webhooks.server;

import java.time.Duration;

/**
 * How much the route takes on.
 *
 * @param bodyBytes bytes of one delivery; more is answered 413
 * @param inFlightBytes bytes of all deliveries that are being read or stored; more is answered 503
 * @param readTime how long a body may take to come; longer is answered 408
 */
public record Limits(int bodyBytes, long inFlightBytes, Duration readTime) {
    /**
     * 25 MB is GitHub's own limit for what it sends. 256 MiB in flight are 16,000 deliveries of common size. Forges hang
     * up after 5 to 30 seconds.
     */
    public static final Limits DEFAULT = new Limits(25 * 1024 * 1024, 256L * 1024 * 1024, Duration.ofSeconds(30));

    public Limits {
        if (bodyBytes < 1 || inFlightBytes < bodyBytes || readTime.isNegative() || readTime.isZero()) {
            throw new IllegalArgumentException("limits must be positive, and hold one delivery at least");
        }
    }
}

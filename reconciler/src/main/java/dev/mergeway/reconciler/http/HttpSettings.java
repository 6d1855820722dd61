package dev.mergeway.reconciler.http;

import java.time.Duration;

/**
 * Where and how the server listens.
 *
 * @param host the address, such as {@code 127.0.0.1}
 * @param port the port; 0 for any that is free
 * @param drain how long requests that are under way may take when the server is closed
 */
public record HttpSettings(String host, int port, Duration drain) {
    public HttpSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port is from 0 to 65535, not " + port);
        }
    }
}

package dev.mergeway.webhooks.event;

import java.time.Instant;

/**
 * An authentic delivery that asks for something, decoded.
 *
 * @param forge name of the forge in the configuration
 * @param id the forge's id of the delivery; the same over retries and redeliveries, at most 200 characters
 * @param event what it says
 * @param received when it came
 */
public record Delivery(String forge, String id, RepoEvent event, Instant received) {}

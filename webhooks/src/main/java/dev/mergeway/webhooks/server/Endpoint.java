package dev.mergeway.webhooks.server;

import dev.mergeway.webhooks.event.ForgeType;
import dev.mergeway.webhooks.verify.Secrets;

/**
 * A forge whose deliveries are taken, at {@code /webhooks/NAME}.
 *
 * @param name its name in the configuration
 * @param type how it signs and speaks
 * @param secrets what it signs with
 */
public record Endpoint(String name, ForgeType type, Secrets secrets) {}

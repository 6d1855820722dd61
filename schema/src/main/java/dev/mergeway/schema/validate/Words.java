package dev.mergeway.schema.validate;

import dev.mergeway.schema.model.FindingRule;

/**
 * What a finding says.
 *
 * @param rule its rule
 * @param message what is wrong
 * @param hint what to do, "" where nothing can be said
 */
record Words(FindingRule rule, String message, String hint) {}

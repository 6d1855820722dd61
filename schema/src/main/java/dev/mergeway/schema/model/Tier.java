package dev.mergeway.schema.model;

/** Which defaults and policies apply to an environment, from least to most careful. */
public enum Tier {
    PREVIEW,
    DEV,
    STAGING,
    PROD;

    /** As written in a spec: {@code preview}, {@code dev}, {@code staging}, {@code prod}. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}

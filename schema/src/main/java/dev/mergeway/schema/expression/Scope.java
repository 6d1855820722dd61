package dev.mergeway.schema.expression;

import java.util.Optional;
import java.util.function.Function;

/**
 * What expressions may reach beyond their variables.
 *
 * @param markers the late values of this expansion
 * @param files the content of a file by its path relative to the spec's folder, empty where there is none
 */
public record Scope(Markers markers, Function<String, Optional<byte[]>> files) {
    /** No late values and no files. */
    public static Scope empty() {
        return new Scope(new Markers(), path -> Optional.empty());
    }
}

package dev.mergeway.reconciler.policy;

import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Metadata;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that policies judge: a spec, or a resource that a spec asks for.
 *
 * @param kind its kind, such as {@code Deployment} or {@code Postgres}
 * @param metadata its metadata
 * @param spec what is asked for as it is applied: placeholders resolved, defaults filled in, and late leaves where a value
 *     is known only later
 * @param old what was asked for before, in the same way; null where it is new
 * @param environment where
 * @param origin where it is asked for
 */
public record Subject(
        String kind,
        Metadata metadata,
        Map<String, Object> spec,
        @Nullable Map<String, Object> old,
        Environment environment,
        Origin origin) {}

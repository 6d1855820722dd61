package dev.mergeway.reconciler.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds that can be had now, for the pages and the API. Safe for many threads. */
public interface KindCatalogue {
    /** All of them, in the order in which they are shown. */
    List<Kind> kinds();

    /** JSON Schema (draft 2020-12) of whole documents of the kind. */
    Optional<Map<String, Object>> schema(String kind);

    /**
     * A kind.
     *
     * @param name its name, such as {@code Deployment}
     * @param type the resource type that asks for the same, such as {@code queue}, "" where there is none
     * @param version version of its blueprint, "" where it belongs to the engine
     * @param team who offers it, "" where it comes with Mergeway
     * @param description what it is, in a sentence or two
     */
    record Kind(String name, String type, String version, String team, String description) {}
}

package dev.mergeway.schema.model;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a spec asks for as it is applied: placeholders resolved, defaults filled in. A value that is known only later is a
 * {@link Late} leaf, whose text is what the spec has there.
 *
 * @param spec the spec as written
 * @param params its body; the {@code params} of its resources as they are applied too
 * @param resources what it asks for in its {@code resources}, by name, as far as there is such a thing
 */
public record ResolvedSpec(Spec spec, Map<String, Object> params, Map<String, Resource> resources) {
    public ResolvedSpec {
        resources = java.util.Collections.unmodifiableMap(new TreeMap<>(resources));
    }

    /**
     * An entry of a spec's {@code resources}.
     *
     * @param kind its kind, or the type where no kind is made by the same blueprint
     * @param params its parameters
     */
    public record Resource(String kind, Map<String, Object> params) {}

    /** Whether the other asks for the very same, in the same words. */
    public boolean isSame(ResolvedSpec other) {
        return spec.body().equals(other.spec.body())
                && spec.metadata().equals(other.spec.metadata())
                && params.equals(other.params)
                && resources.equals(other.resources);
    }
}

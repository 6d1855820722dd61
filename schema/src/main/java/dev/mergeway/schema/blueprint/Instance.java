package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Severity;
import dev.mergeway.schema.model.Spec;
import dev.mergeway.schema.model.SpecKey;
import java.util.Map;
import java.util.Set;

/**
 * One use of a blueprint: by a spec of its kind, or by an entry of a spec's {@code resources}.
 *
 * @param blueprint which
 * @param key what the use is known by
 * @param owner the spec that asks for it; of several that share it the first
 * @param at where in the owner's body its parameters stand
 * @param given its parameters as the owner wrote them, placeholders resolved to values or markers
 * @param params the same with defaults filled in
 * @param metadata what expressions see as {@code metadata}
 * @param workload what expressions see as {@code workload}
 * @param uses for a pointer into the given parameters the other instances whose outputs went there
 */
record Instance(
        CompiledBlueprint blueprint,
        SpecKey key,
        Spec owner,
        String at,
        Map<String, Object> given,
        Map<String, Object> params,
        Map<String, Object> metadata,
        Map<String, Object> workload,
        Map<String, Set<NodeKey>> uses) {
    /** Where in the owner's document a part of the given parameters stands. */
    String documentPointer(String pointer) {
        return owner.documentPointer(at + pointer);
    }

    /** An error about a place in the owner's document. */
    Finding finding(String documentPointer, String rule, String message, String hint) {
        return owner.document().finding(Severity.ERROR, documentPointer, rule, message, hint);
    }

    /** Where the owner said what it is called. */
    String namePointer() {
        return at.isEmpty() ? "/metadata/name" : owner.documentPointer(at.substring(0, at.lastIndexOf('/')));
    }
}

package dev.mergeway.reconciler.policy;

import dev.mergeway.reconciler.resource.Pointers;
import dev.mergeway.reconciler.resource.Trees;
import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field to set so that a rule of a policy holds.
 *
 * @param repository name of the configured repository of the file
 * @param file the file that the field is in, or should be
 * @param position where it stands there; where it is missing, what it belongs in
 * @param pointer JSON pointer of the field into its document
 * @param before what the document has there, null where that is nothing
 * @param after what it should be
 */
public record Fix(
        String repository,
        String file,
        Position position,
        String pointer,
        @Nullable Object before,
        Object after) {
    /**
     * The fix of a rule as it reads in the file of whoever asks: what a rule calls {@code spec} is the body of a spec, or
     * the parameters of a resource in one, which may be a converted Score file.
     *
     * @param path dotted path as the rule has it, such as {@code spec.storageGb}
     */
    static Fix of(Origin origin, String path, Object after) {
        List<String> names = List.of(path.split("\\.", -1));
        String body = pointer(origin.pointer(), names.subList(1, names.size()));
        boolean converted = !origin.spec().pointers().isEmpty();
        return switch (names.getFirst()) {
            case "spec" ->
                converted && !origin.spec().pointers().containsKey(body)
                        ? nowhere(origin, pointer("/spec" + origin.pointer(), names.subList(1, names.size())), after)
                        : at(origin, origin.spec().documentPointer(body), after);
            case "metadata" ->
                converted ? nowhere(origin, pointer("", names), after) : at(origin, pointer("", names), after);
            default -> nowhere(origin, pointer("", names), after);
        };
    }

    private static Fix at(Origin origin, String pointer, Object after) {
        Document document = origin.spec().document();
        Object before = Trees.at(document.root(), pointer);
        return new Fix(
                origin.repository(), document.file(), document.positions().of(pointer), pointer, before, after);
    }

    /** It has no field of its own in the file: then it is said where the document begins. */
    private static Fix nowhere(Origin origin, String pointer, Object after) {
        Document document = origin.spec().document();
        return new Fix(
                origin.repository(), document.file(), document.positions().of(""), pointer, null, after);
    }

    private static String pointer(String parent, List<String> names) {
        String pointer = parent;
        for (String name : names) {
            pointer = Pointers.child(pointer, name);
        }
        return pointer;
    }
}

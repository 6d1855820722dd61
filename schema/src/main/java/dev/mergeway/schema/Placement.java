package dev.mergeway.schema;

import dev.mergeway.schema.model.Spec;
import java.util.Map;
import java.util.Optional;

/**
 * Which environment a spec belongs to: the one that {@code metadata.environment} names, else the one declared in its own
 * folder or the nearest folder above. Pure and cheap: an index keeps the map and asks for one spec at a time.
 *
 * @param byFolder folder ("" for the root) to the name of the environment declared in a file of that folder; a folder
 *     that declares two is left out, since nearness cannot choose between them
 */
public record Placement(Map<String, String> byFolder) {
    public Placement {
        byFolder = Map.copyOf(byFolder);
    }

    /** Name of the environment that the spec belongs to (declared or not), or empty where it belongs to none. */
    public Optional<String> environmentOf(Spec spec) {
        String named = spec.metadata().environment();
        return named != null
                ? Optional.of(named)
                : nearest(folder(spec.document().file()));
    }

    /** The environment declared in the folder or the nearest above it. */
    public Optional<String> nearest(String folder) {
        String at = folder;
        while (true) {
            String found = byFolder.get(at);
            if (found != null || at.isEmpty()) {
                return Optional.ofNullable(found);
            }
            at = folder(at);
        }
    }

    /** The folder that a path stands in, "" for the root. */
    public static String folder(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}

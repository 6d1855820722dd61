package dev.mergeway.schema.score;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Containers of a Score file. */
final class Containers {
    private final Notes notes;

    Containers(Notes notes) {
        this.notes = notes;
    }

    Map<String, Object> convert(Map<String, Object> container, Place place) {
        notes.at(place);
        checkImage(container.get("image"), place.child("image"));
        Map<String, Object> converted = new LinkedHashMap<>();
        container.forEach((key, value) -> {
            Place child = place.child(key);
            if (value != null) {
                converted.put(
                        key,
                        switch (key) {
                            case "files" -> entries(value, child, this::file);
                            case "volumes" -> entries(value, child, Containers::without);
                            default -> notes.copy(value, child);
                        });
            }
        });
        return Collections.unmodifiableMap(converted);
    }

    /** A dot asks the tool that reads the file to fill in an image, as a build on the developer's machine does. */
    private void checkImage(@Nullable Object image, Place place) {
        if (".".equals(image)) {
            notes.error(
                    place,
                    "score/image",
                    "the image is '.', which asks for one to be built here; Mergeway runs images and builds none",
                    "name the image that your build pushes, such as ghcr.io/acme/checkout:1.9.2");
        }
    }

    /** How one entry of a map by path is converted. */
    private interface Entry {
        Map<String, Object> convert(Map<String, Object> entry);
    }

    /** The map by path as it is, or the older list made into one by each entry's target. */
    private Object entries(Object tree, Place place, Entry entry) {
        notes.at(place);
        Map<String, Object> converted = new LinkedHashMap<>();
        if (tree instanceof List<?> list) {
            for (int index = 0; index < list.size(); index++) {
                Map<String, Object> from = Notes.map(list.get(index));
                if (from.get("target") instanceof String target) {
                    Place child = place.child(target, Integer.toString(index));
                    refuseSecond(converted, target, child);
                    converted.put(target, notes.copy(entry.convert(from), child));
                }
            }
        } else {
            Notes.map(tree).forEach((path, from) -> {
                if (from instanceof Map<?, ?> map) {
                    converted.put(path, notes.copy(entry.convert(Notes.map(map)), place.child(path)));
                }
            });
        }
        return Collections.unmodifiableMap(converted);
    }

    private void refuseSecond(Map<String, Object> converted, String target, Place place) {
        if (converted.containsKey(target)) {
            notes.error(
                    place.child("target"),
                    "score/duplicate-target",
                    "two entries have the target " + target + ", so one would hide the other",
                    "give each its own target");
        }
    }

    /** A file, with the lines of the older form made one text. */
    private Map<String, Object> file(Map<String, Object> file) {
        Map<String, Object> converted = new LinkedHashMap<>(without(file));
        if (converted.get("content") instanceof List<?> lines) {
            converted.put("content", lines.stream().map(Objects::toString).collect(Collectors.joining("\n")));
        }
        return Collections.unmodifiableMap(converted);
    }

    private static Map<String, Object> without(Map<String, Object> entry) {
        Map<String, Object> converted = new LinkedHashMap<>(entry);
        converted.remove("target");
        return Collections.unmodifiableMap(converted);
    }
}

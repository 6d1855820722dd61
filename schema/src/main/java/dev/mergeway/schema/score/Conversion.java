package dev.mergeway.schema.score;

import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Metadata;
import dev.mergeway.schema.model.Spec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One Score file on its way to a Deployment. */
final class Conversion {
    private static final Set<String> KNOWN_METADATA = Set.of("name", "annotations", "labels");

    private final Document document;
    private final Notes notes;

    Conversion(Document document) {
        this.document = document;
        this.notes = new Notes(document);
    }

    Converted run() {
        Map<String, Object> metadata = Notes.map(document.root().get("metadata"));
        if (!(metadata.get("name") instanceof String name)) {
            return new Converted(Optional.empty(), notes.findings());
        }
        checkMetadata(name, metadata);
        Spec spec = new Spec("Deployment", metadata(name, metadata), body(), document, notes.pointers());
        return new Converted(Optional.of(spec), notes.findings());
    }

    private void checkMetadata(String name, Map<String, Object> metadata) {
        Place place = new Place("", "/metadata");
        // Kubernetes names a Service as RFC 1035 names a host, which begins with a letter; Score allows a digit.
        if (document.root().containsKey("service") && !name.isEmpty() && Character.isDigit(name.charAt(0))) {
            notes.error(
                    place.child("name"),
                    "score/name",
                    "'" + name
                            + "' begins with a digit, and a workload with a service is called by a name that begins with a letter",
                    "put a letter first, such as w" + name);
        }
        for (String key : metadata.keySet()) {
            if (!KNOWN_METADATA.contains(key)) {
                notes.warning(
                        place.child(key),
                        "score/not-used",
                        "metadata." + key + " has no effect here",
                        "remove it, or write it as one of metadata.annotations");
            }
        }
    }

    private Metadata metadata(String name, Map<String, Object> metadata) {
        Map<String, String> annotations = texts(metadata.get("annotations"));
        String environment = annotations.remove(ScoreConverter.ENVIRONMENT);
        return new Metadata(name, environment, null, texts(metadata.get("labels")), annotations);
    }

    private static Map<String, String> texts(@Nullable Object tree) {
        Map<String, String> texts = new LinkedHashMap<>();
        Notes.map(tree).forEach((key, value) -> {
            if (value instanceof String text) {
                texts.put(key, text);
            }
        });
        return texts;
    }

    private Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        notes.at(Place.ROOT);
        Map<String, Object> root = document.root();
        if (root.get("containers") instanceof Map<?, ?> containers) {
            body.put("containers", containers(Notes.map(containers), Place.ROOT.child("containers")));
        }
        if (root.get("service") instanceof Map<?, ?> service) {
            body.put("service", notes.copy(service, Place.ROOT.child("service")));
        }
        if (root.get("resources") instanceof Map<?, ?> resources) {
            body.put("resources", resources(Notes.map(resources), Place.ROOT.child("resources")));
        }
        return Collections.unmodifiableMap(body);
    }

    private Map<String, Object> containers(Map<String, Object> containers, Place place) {
        notes.at(place);
        Map<String, Object> converted = new LinkedHashMap<>();
        Containers one = new Containers(notes);
        containers.forEach((name, container) -> {
            if (container instanceof Map<?, ?> map) {
                converted.put(name, one.convert(Notes.map(map), place.child(name)));
            }
        });
        return Collections.unmodifiableMap(converted);
    }

    private Map<String, Object> resources(Map<String, Object> resources, Place place) {
        notes.at(place);
        Map<String, Object> converted = new LinkedHashMap<>();
        resources.forEach((name, resource) -> {
            if (resource instanceof Map<?, ?> map) {
                converted.put(name, resource(name, Notes.map(map), place.child(name)));
            }
        });
        return Collections.unmodifiableMap(converted);
    }

    private Map<String, Object> resource(String name, Map<String, Object> resource, Place place) {
        notes.at(place);
        Map<String, Object> converted = new LinkedHashMap<>();
        resource.forEach((key, value) -> {
            if (value != null && !key.equals("metadata")) {
                converted.put(key, notes.copy(value, place.child(key)));
            }
        });
        if (!Notes.map(resource.get("metadata")).isEmpty()) {
            notes.warning(
                    place.child("metadata"),
                    "score/not-used",
                    "the metadata of resource '" + name + "' has no effect here",
                    "remove it, or say what you need in its params");
        }
        return Collections.unmodifiableMap(converted);
    }
}

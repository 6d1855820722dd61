package dev.mergeway.reconciler.resource;

import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.Late;
import dev.mergeway.schema.model.ResourceKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Concrete resources to desired ones: the labels of ownership put on, late leaves given their values or left out. */
public final class Resolution {
    // Stands for a leaf that is not known; never part of a tree that is handed out.
    private static final Object UNKNOWN = new Object();

    private final ConcreteResource resource;
    private final Map<ResourceKey, Map<String, Object>> live;
    private final @Nullable Map<String, Object> own;
    private final @Nullable IntFunction<String> generator;
    private final boolean secretObject;
    private final Map<String, String> unknown = new TreeMap<>();
    private final TreeSet<String> sensitive = new TreeSet<>();

    private Resolution(
            ConcreteResource resource,
            Map<ResourceKey, Map<String, Object>> live,
            @Nullable Map<String, Object> own,
            @Nullable IntFunction<String> generator) {
        this.resource = resource;
        this.live = live;
        this.own = own;
        this.generator = generator;
        this.secretObject = resource.key().type().equals("v1/Secret");
    }

    /**
     * Makes a resource ready for its target. A leaf that is not known yet is left out and named; where it is an element
     * of a list, the whole list is, so that no other element moves.
     *
     * @param resource what a spec expanded to
     * @param owner who it belongs to
     * @param live bodies as they are live now, by key, of the resources that deferred values need, as far as there are any
     * @param own the resource's own live body, null where it is not there; generated values are kept from it
     * @param generator makes a random text of that many letters and digits, from a {@code SecureRandom}; null when
     *     planning, when a value that is not live yet stays unknown
     */
    public static Desired resolve(
            ConcreteResource resource,
            Ownership owner,
            Map<ResourceKey, Map<String, Object>> live,
            @Nullable Map<String, Object> own,
            @Nullable IntFunction<String> generator) {
        Resolution resolution = new Resolution(resource, live, own, generator);
        if (resolution.secretObject) {
            resolution.sensitive.add("/data");
            resolution.sensitive.add("/stringData");
        }
        Object body = resolution.known("", resource.body());
        Map<String, Object> known = body instanceof Map<?, ?> map ? Trees.typed(map) : Map.of();
        return new Desired(
                resource.key(), owner, owned(resource.key(), owner, known), resolution.unknown, resolution.sensitive);
    }

    /** A body with the labels (and annotations) of its owner; an AWS body has no place for them here. */
    private static Map<String, Object> owned(ResourceKey key, Ownership owner, Map<String, Object> body) {
        if (!key.provider().equals("kubernetes")) {
            return body;
        }
        Map<String, Object> owned = body;
        for (Map.Entry<String, String> label : owner.labels().entrySet()) {
            owned = Trees.with(owned, Pointers.child("/metadata/labels", label.getKey()), label.getValue());
        }
        for (Map.Entry<String, String> annotation : owner.annotations().entrySet()) {
            owned = Trees.with(
                    owned, Pointers.child("/metadata/annotations", annotation.getKey()), annotation.getValue());
        }
        return owned;
    }

    private @Nullable Object known(String pointer, @Nullable Object tree) {
        return switch (tree) {
            case Map<?, ?> map -> knownMap(pointer, Trees.typed(map));
            case List<?> list -> knownList(pointer, list);
            case Late late -> value(pointer, late);
            case null, default -> Trees.copy(tree);
        };
    }

    private Map<String, Object> knownMap(String pointer, Map<String, Object> map) {
        Map<String, @Nullable Object> known = new LinkedHashMap<>();
        map.forEach((key, child) -> {
            Object value = known(Pointers.child(pointer, key), child);
            if (value != UNKNOWN) {
                known.put(key, value);
            }
        });
        return Collections.unmodifiableMap(known);
    }

    private Object knownList(String pointer, List<?> list) {
        List<@Nullable Object> known = new ArrayList<>(list.size());
        for (int index = 0; index < list.size(); index++) {
            String place = Pointers.child(pointer, index);
            Object value = known(place, list.get(index));
            if (value == UNKNOWN) {
                return leaveOutList(pointer, place, list);
            }
            known.add(value);
        }
        return Collections.unmodifiableList(known);
    }

    private Object leaveOutList(String pointer, String place, List<?> list) {
        String text = unknown.getOrDefault(place, "${…}");
        unknown.keySet().removeIf(other -> Pointers.within(other, pointer));
        unknown.put(pointer, text);
        if (Pointers.leaves(list, true).values().stream()
                .anyMatch(leaf -> leaf instanceof Late late && late.secret())) {
            sensitive.add(pointer);
        }
        return UNKNOWN;
    }

    private @Nullable Object value(String pointer, Late late) {
        if (late.secret()) {
            sensitive.add(pointer);
        }
        Object value = switch (late) {
            case Late.Deferred deferred -> deferred(deferred);
            case Late.Generated generated -> generated(pointer, generated);
        };
        if (value == UNKNOWN) {
            unknown.put(pointer, late.text());
        }
        return value;
    }

    private @Nullable Object deferred(Late.Deferred deferred) {
        Map<ResourceKey, Map<String, Object>> needed = new HashMap<>();
        for (ResourceKey key : deferred.needs()) {
            Map<String, Object> body = live.get(key);
            if (body == null) {
                return UNKNOWN;
            }
            needed.put(key, body);
        }
        try {
            return Trees.copy(deferred.resolver().resolve(needed));
        } catch (Late.UnresolvedException notYet) {
            return UNKNOWN;
        }
    }

    private Object generated(String pointer, Late.Generated generated) {
        Object kept = Trees.at(own, pointer);
        if (kept != null) {
            return kept;
        }
        if (generator == null) {
            return UNKNOWN;
        }
        String made = generator.apply(generated.length());
        boolean encoded = secretObject && Pointers.within(pointer, "/data");
        return encoded ? Base64.getEncoder().encodeToString(made.getBytes(StandardCharsets.UTF_8)) : made;
    }
}

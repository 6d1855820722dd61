package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.expression.Expression;
import dev.mergeway.schema.expression.ExpressionException;
import dev.mergeway.schema.expression.Markers;
import dev.mergeway.schema.expression.Pointers;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Late;
import dev.mergeway.schema.model.ResourceKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Goes through the leaves of one rendered body: turns markers into late values, and holds secrets to where they may be. */
final class Leaves {
    private final Instance instance;
    private final Markers markers;
    private final Origins origins;
    private final Map<String, List<Expression>> places;
    private final ResourceKey key;
    private final boolean secret;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<ResourceKey> needs = new TreeSet<>();
    private final Set<NodeKey> uses = new TreeSet<>();
    private final Map<String, String> provenance = new TreeMap<>();

    Leaves(
            Instance instance,
            Markers markers,
            Origins origins,
            Map<String, List<Expression>> places,
            ResourceKey key,
            boolean secret) {
        this.instance = instance;
        this.markers = markers;
        this.origins = origins;
        this.places = places;
        this.key = key;
        this.secret = secret;
    }

    List<Finding> findings() {
        return findings;
    }

    Set<ResourceKey> needs() {
        return needs;
    }

    Set<NodeKey> uses() {
        return uses;
    }

    Map<String, String> provenance() {
        return provenance;
    }

    /** The tree with late leaves instead of markers. */
    @Nullable
    Object revealed(Object tree) {
        return revealed(tree, "", places.getOrDefault("", List.of()));
    }

    private @Nullable Object revealed(@Nullable Object tree, String at, List<Expression> above) {
        List<Expression> here = places.getOrDefault(at, above);
        if (tree instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> entries = LinkedHashMap.newLinkedHashMap(map.size());
            map.forEach((name, value) -> entries.put(
                    key(String.valueOf(name), at), revealed(value, Pointers.child(at, String.valueOf(name)), here)));
            return Collections.unmodifiableMap(entries);
        } else if (tree instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>(list.size());
            for (int index = 0; index < list.size(); index++) {
                items.add(revealed(list.get(index), at + "/" + index, here));
            }
            return Collections.unmodifiableList(items);
        }
        if (!here.isEmpty()) {
            trace(at, here, tree);
        }
        return tree instanceof String text ? leaf(text, at, here) : tree;
    }

    private void trace(String at, List<Expression> expressions, @Nullable Object value) {
        String origin = origins.of(expressions, at, value, places.containsKey(at));
        if (origin != null) {
            provenance.put(at, origin);
        }
        origins.uses(expressions, value, uses);
    }

    private String key(String name, String at) {
        if (Markers.reserved(name)) {
            findings.add(finding(
                    at,
                    "blueprint/late-name",
                    "the name of a field of " + what() + " is known only once other resources are live",
                    ""));
        }
        return name;
    }

    private Object leaf(String text, String at, List<Expression> expressions) {
        try {
            Object value = markers.reveal(text);
            if (value instanceof Late late) {
                check(late, at);
                needs.addAll(late instanceof Late.Deferred deferred ? deferred.needs() : List.of());
            }
            return value;
        } catch (ExpressionException failed) {
            findings.add(finding(at, "blueprint/late", expressions + ": " + failed.getMessage(), ""));
            return text;
        }
    }

    private void check(Late late, String at) {
        boolean data = secret && (at.startsWith("/data/") || at.startsWith("/stringData/"));
        if (late instanceof Late.Generated) {
            if (!data) {
                findings.add(finding(
                        at,
                        "blueprint/secret-flow",
                        "random(n) may stand only in the data of a Secret, not in " + what() + " at " + at,
                        ""));
            }
        } else if (late.secret() && !data && !WriteOnly.allows(key, at)) {
            findings.add(finding(
                    at,
                    "blueprint/secret-flow",
                    "the secret " + late.text() + " would be written into " + what() + " at " + at
                            + ", where anybody who may look can read it",
                    "secrets may go into variables and files of a container, which are kept in a Secret"));
        }
    }

    private String what() {
        return "the " + key.kind() + " '" + key.name() + "'";
    }

    private Finding finding(String at, String rule, String message, String hint) {
        String origin = provenance.get(at);
        return instance.finding(origin == null ? instance.documentPointer("") : origin, rule, message, hint);
    }

    /** Provenance of a Secret whose {@code stringData} went into {@code data}. */
    static Map<String, String> storedProvenance(Map<String, String> provenance) {
        Map<String, String> stored = new TreeMap<>();
        provenance.forEach((at, origin) -> stored.put(
                at.startsWith("/stringData/") ? "/data/" + at.substring("/stringData/".length()) : at, origin));
        return stored;
    }
}

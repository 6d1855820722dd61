package dev.mergeway.schema;

import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Metadata;
import dev.mergeway.schema.model.Policy;
import dev.mergeway.schema.model.Spec;
import dev.mergeway.schema.model.Tier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Documents that their schema accepts to the records that the rest of the program uses. */
final class Checked {
    private Checked() {}

    static Spec spec(String kind, Document document) {
        return new Spec(kind, metadata(document), map(document.root().get("spec")), document, Map.of());
    }

    static Metadata metadata(Document document) {
        Map<String, Object> metadata = map(document.root().get("metadata"));
        return new Metadata(
                text(metadata.get("name"), ""),
                orNull(metadata.get("environment")),
                orNull(metadata.get("team")),
                texts(metadata.get("labels")),
                texts(metadata.get("annotations")));
    }

    /**
     * The environment, also where something in it is wrong but its name, so that the specs in it are not said to be in no
     * environment. A tier that cannot be read counts as the most careful one.
     */
    static Optional<Environment> environment(Document document) {
        Spec spec = spec("Environment", document);
        if (spec.metadata().name().isEmpty()) {
            return Optional.empty();
        }
        String written = text(spec.body().get("tier"), "");
        Tier tier = List.of(Tier.values()).stream()
                .filter(each -> each.label().equals(written))
                .findFirst()
                .orElse(Tier.PROD);
        return Optional.of(new Environment(spec, tier, texts(spec.body().get("targets"))));
    }

    static Policy policy(Document document) {
        Spec spec = spec("Policy", document);
        Map<String, Object> match = map(spec.body().get("match"));
        Set<Tier> tiers = strings(match.get("tiers")).stream()
                .map(tier -> Tier.valueOf(tier.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toSet());
        List<Policy.Rule> rules = maps(spec.body().get("rules")).stream()
                .map(rule -> new Policy.Rule(
                        text(rule.get("expr"), ""), text(rule.get("message"), ""), map(rule.get("fix"))))
                .toList();
        return new Policy(
                spec,
                Set.copyOf(strings(match.get("kinds"))),
                tiers,
                Set.copyOf(strings(match.get("teams"))),
                Policy.Action.valueOf(text(spec.body().get("action"), "").toUpperCase(Locale.ROOT)),
                rules,
                maps(spec.body().get("tests")).stream().map(Checked::example).toList());
    }

    private static Policy.Example example(Map<String, Object> test) {
        Map<String, Object> input = new LinkedHashMap<>(test);
        input.remove("expect");
        return new Policy.Example(java.util.Collections.unmodifiableMap(input), text(test.get("expect"), ""));
    }

    static String text(@Nullable Object value, String otherwise) {
        return value instanceof String text ? text : otherwise;
    }

    private static @Nullable String orNull(@Nullable Object value) {
        return value instanceof String text ? text : null;
    }

    /** The value as a map, an empty one where it is none. */
    @SuppressWarnings("unchecked") // the maps of a tree have texts as keys
    static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /** The maps among the entries of a list. */
    static List<Map<String, Object>> maps(@Nullable Object value) {
        List<Map<String, Object>> maps = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.stream().filter(each -> each instanceof Map<?, ?>).forEach(each -> maps.add(map(each)));
        }
        return maps;
    }

    /** The texts among the entries of a list. */
    static List<String> strings(@Nullable Object value) {
        List<String> strings = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.stream().filter(each -> each instanceof String).forEach(each -> strings.add((String) each));
        }
        return strings;
    }

    /** The texts of a map, by name. */
    static Map<String, String> texts(@Nullable Object value) {
        Map<String, String> texts = new HashMap<>();
        map(value).forEach((name, each) -> {
            if (each instanceof String text) {
                texts.put(name, text);
            }
        });
        return texts;
    }
}

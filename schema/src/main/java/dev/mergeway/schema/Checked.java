package dev.mergeway.schema;

import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Policy;
import dev.mergeway.schema.model.Spec;
import dev.mergeway.schema.model.Tier;
import dev.mergeway.schema.model.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Documents that their schema accepts to the records that the rest of the program uses. */
final class Checked {
    private Checked() {}

    /**
     * The environment, also where something in it is wrong but its name, so that the specs in it are not said to be in no
     * environment. A tier that cannot be read counts as the most careful one.
     */
    static Optional<Environment> environment(Document document) {
        Spec spec = Spec.of("Environment", document);
        if (spec.metadata().name().isEmpty()) {
            return Optional.empty();
        }
        String written = Trees.text(spec.body().get("tier"), "");
        Tier tier = List.of(Tier.values()).stream()
                .filter(each -> each.label().equals(written))
                .findFirst()
                .orElse(Tier.PROD);
        return Optional.of(new Environment(spec, tier, Trees.texts(spec.body().get("targets"))));
    }

    static Policy policy(Document document) {
        Spec spec = Spec.of("Policy", document);
        Map<String, Object> match = Trees.map(spec.body().get("match"));
        Set<Tier> tiers = Trees.strings(match.get("tiers")).stream()
                .map(tier -> Tier.valueOf(tier.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toSet());
        List<Policy.Rule> rules = Trees.maps(spec.body().get("rules")).stream()
                .map(rule -> new Policy.Rule(
                        Trees.text(rule.get("expr"), ""),
                        Trees.text(rule.get("message"), ""),
                        Trees.map(rule.get("fix"))))
                .toList();
        return new Policy(
                spec,
                Set.copyOf(Trees.strings(match.get("kinds"))),
                tiers,
                Set.copyOf(Trees.strings(match.get("teams"))),
                Policy.Action.valueOf(Trees.text(spec.body().get("action"), "").toUpperCase(Locale.ROOT)),
                rules,
                Trees.maps(spec.body().get("tests")).stream()
                        .map(Checked::example)
                        .toList());
    }

    private static Policy.Example example(Map<String, Object> test) {
        Map<String, Object> input = new LinkedHashMap<>(test);
        input.remove("expect");
        return new Policy.Example(java.util.Collections.unmodifiableMap(input), Trees.text(test.get("expect"), ""));
    }
}

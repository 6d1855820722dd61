package dev.mergeway.schema.validate;

import dev.mergeway.schema.model.FindingRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Makes one thing of the many mistakes that a validator reports when none of the alternatives of {@code anyOf} or
 * {@code oneOf} fits: those of the alternative that was most likely meant, or what they have in common.
 */
final class Alternatives {
    private final JsonNode root;

    Alternatives(JsonNode root) {
        this.root = root;
    }

    /** Where an alternative stands: depth of the keyword in the evaluation path, and of its value in the tree. */
    private record Fork(int depth, int pathLength) {}

    /** One value at which alternatives were tried. */
    private record Choice(List<String> evaluation, List<String> path) {}

    /** What is told in the end: mistakes as they are, and words about choices. */
    record Told(List<Mistake> mistakes, Map<Mistake, Words> words) {}

    Told tell(List<Mistake> mistakes) {
        Told told = new Told(new ArrayList<>(), new LinkedHashMap<>());
        tell(mistakes, 0, told);
        return told;
    }

    private void tell(List<Mistake> mistakes, int from, Told told) {
        Map<Choice, List<Mistake>> choices = new LinkedHashMap<>();
        for (Mistake mistake : mistakes) {
            Optional<Fork> fork = fork(mistake.evaluation(), from);
            if (fork.isEmpty()) {
                told.mistakes().add(mistake);
                continue;
            }
            Choice choice = new Choice(
                    mistake.evaluation().subList(0, fork.get().depth() + 1),
                    mistake.path()
                            .subList(
                                    0,
                                    Math.min(
                                            fork.get().pathLength(),
                                            mistake.path().size())));
            choices.computeIfAbsent(choice, key -> new ArrayList<>()).add(mistake);
        }
        choices.forEach((choice, tried) -> choose(choice, tried, told));
    }

    /** The first {@code anyOf} or {@code oneOf} keyword of an evaluation path at or after an index. */
    private static Optional<Fork> fork(List<String> evaluation, int from) {
        int length = 0;
        for (int at = 0; at < evaluation.size(); at++) {
            switch (evaluation.get(at)) {
                case "properties", "patternProperties", "prefixItems" -> {
                    length++;
                    at++;
                }
                case "dependentSchemas", "$defs", "allOf" -> at++;
                case "items", "additionalProperties", "unevaluatedProperties", "unevaluatedItems", "contains" ->
                    length++;
                case "anyOf", "oneOf" -> {
                    if (at >= from) {
                        return Optional.of(new Fork(at, length));
                    }
                    at++;
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    private void choose(Choice choice, List<Mistake> tried, Told told) {
        int depth = choice.evaluation().size();
        Map<String, List<Mistake>> branches = new LinkedHashMap<>();
        Mistake first = tried.getFirst();
        for (Mistake mistake : tried) {
            if (mistake.evaluation().size() > depth) {
                branches.computeIfAbsent(mistake.evaluation().get(depth), key -> new ArrayList<>())
                        .add(mistake);
            } else {
                first = mistake;
            }
        }
        if (branches.isEmpty()) {
            tellWords(first, tooMany(first), told);
            return;
        }
        List<Mistake> best = branches.values().stream()
                .min(Comparator.comparingInt((List<Mistake> branch) -> here(branch, choice.path()))
                        .thenComparingInt(List::size))
                .orElseThrow();
        if (onlyRequired(branches.values(), choice.path())) {
            tellWords(best.getFirst(), noneGiven(best.getFirst(), branches), told);
        } else if (here(best, choice.path()) <= TAG) {
            tell(best, depth + 1, told);
        } else {
            Mistake shown = withOuterSchema(best.getFirst(), choice);
            tellWords(shown, common(shown, branches.values(), choice.path()), told);
        }
    }

    private static void tellWords(Mistake mistake, Words words, Told told) {
        told.mistakes().add(mistake);
        told.words().put(mistake, words);
    }

    /** Badness of a branch whose field that tells the branches apart has another value. */
    private static final int TAG = 1;

    /** How badly a branch misses: 3 by type, 2 by value at the very place, so that it was not meant; 0 only by its fields. */
    private static int here(List<Mistake> branch, List<String> path) {
        int worst = 0;
        for (Mistake mistake : branch) {
            boolean same = mistake.path().equals(path);
            boolean tag = mistake.path().size() == path.size() + 1
                    && Set.of("const", "enum").contains(mistake.keyword());
            boolean field = Set.of("required", "additionalProperties", "unevaluatedProperties")
                    .contains(mistake.keyword());
            if (same && mistake.keyword().equals("type")) {
                worst = Math.max(worst, 3);
            } else if ((same && !field) || tag) {
                worst = Math.max(worst, tag ? TAG : 2);
            }
        }
        return worst;
    }

    private static boolean onlyRequired(Iterable<List<Mistake>> branches, List<String> path) {
        for (List<Mistake> branch : branches) {
            for (Mistake mistake : branch) {
                if (!mistake.keyword().equals("required") || !mistake.path().equals(path)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Words noneGiven(Mistake mistake, Map<String, List<Mistake>> branches) {
        List<String> ways = branches.values().stream()
                .map(branch -> String.join(
                        " and ",
                        branch.stream().map(each -> "'" + each.property() + "'").toList()))
                .distinct()
                .toList();
        return new Words(
                FindingRule.SCHEMA_CHOICE,
                Show.subject(mistake.path()) + " needs " + Show.or(ways) + ".",
                "Add one of them.");
    }

    private Words tooMany(Mistake mistake) {
        Set<String> fields = new LinkedHashSet<>();
        mistake.demand().forEach(branch -> branch.path("required").forEach(each -> fields.add(each.asString())));
        List<String> given = fields.stream()
                .filter(mistake.value()::has)
                .map(each -> "'" + each + "'")
                .toList();
        String message = given.size() > 1
                ? Show.subject(mistake.path()) + " has " + String.join(" and ", given)
                        + ", but only one of them may be given."
                : Show.subject(mistake.path()) + " can be read in more than one way.";
        return new Words(
                FindingRule.SCHEMA_CHOICE,
                message,
                given.size() > 1 ? "Remove all but one." : Show.about(mistake.schema()));
    }

    /** The mistake with the schema around the alternatives, which is the one that says what the value is for. */
    private Mistake withOuterSchema(Mistake mistake, Choice choice) {
        JsonNode outer = outer(choice.evaluation());
        return new Mistake(
                mistake.keyword(),
                mistake.messageKey(),
                choice.path(),
                null,
                choice.evaluation(),
                mistake.demand(),
                outer,
                mistake.value(),
                mistake.text());
    }

    private JsonNode outer(List<String> evaluation) {
        JsonNode at = root;
        for (String name : evaluation.subList(0, evaluation.size() - 1)) {
            at = name.equals("$ref")
                    ? Schemas.resolved(root, at)
                    : at.isArray() ? at.path(Integer.parseInt(name)) : at.path(name);
        }
        return at.isObject() ? at : TreeNodes.node(Map.of());
    }

    private static Words common(Mistake shown, Iterable<List<Mistake>> branches, List<String> path) {
        Set<String> types = new LinkedHashSet<>();
        Set<String> values = new LinkedHashSet<>();
        boolean typesOnly = true;
        boolean valuesOnly = true;
        for (List<Mistake> branch : branches) {
            Optional<Mistake> type = at(branch, path, Set.of("type"));
            Optional<Mistake> value = at(branch, path, Set.of("enum", "const"));
            type.ifPresent(each -> types.addAll(TypeWords.expected(each.demand())));
            value.ifPresent(each -> values.addAll(
                    each.keyword().equals("enum")
                            ? ValueWords.texts(each.demand())
                            : List.of(each.demand().asString())));
            typesOnly &= type.isPresent();
            valuesOnly &= value.isPresent();
        }
        if (typesOnly) {
            return TypeWords.of(shown, List.copyOf(types));
        }
        if (valuesOnly) {
            return ValueWords.notAllowed(shown, List.copyOf(values));
        }
        return new Words(FindingRule.SCHEMA_CHOICE, ValueWords.badlyWritten(shown), Show.about(shown.schema()));
    }

    private static Optional<Mistake> at(List<Mistake> branch, List<String> path, Set<String> keywords) {
        return branch.stream()
                .filter(each -> each.path().equals(path) && keywords.contains(each.keyword()))
                .findFirst();
    }
}

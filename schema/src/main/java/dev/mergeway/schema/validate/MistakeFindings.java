package dev.mergeway.schema.validate;

import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.FindingRule;
import dev.mergeway.schema.model.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Mistakes to findings: one for each thing that a person has to put right. */
final class MistakeFindings {
    private static final Set<String> UNKNOWN = Set.of("additionalProperties", "unevaluatedProperties");

    /** Keywords whose mistake is a field that is there. */
    private static final Set<String> NAMED = Set.of("propertyNames", "dependentRequired");

    /** Of several keywords that one value violates, the first of these is told. */
    private static final List<String> PRECEDENCE = List.of("type", "enum", "const", "format", "pattern");

    /** Findings of one document; more would help nobody. */
    private static final int MOST = 100;

    private final FieldWords fields;
    private final Alternatives alternatives;
    private final Place place;

    MistakeFindings(JsonNode root, Supplier<FieldIndex> index, Place place) {
        this.fields = new FieldWords(root, index);
        this.alternatives = new Alternatives(root);
        this.place = place;
    }

    List<Finding> of(List<Mistake> mistakes) {
        Alternatives.Told told = alternatives.tell(mistakes);
        Set<String> misspelt = misspelt(told.mistakes());
        Map<String, Mistake> byPlace = new LinkedHashMap<>();
        for (Mistake mistake : told.mistakes()) {
            boolean consequence =
                    mistake.keyword().equals("required") || mistake.keyword().equals("type");
            boolean sameMistake = consequence && misspelt.contains(mistake.propertyPointer());
            if (!sameMistake) {
                byPlace.merge(key(mistake), mistake, MistakeFindings::first);
            }
        }
        Map<Mistake, Words> words = new HashMap<>(told.words());
        List<Finding> findings = new ArrayList<>();
        byPlace.values().stream().limit(MOST).forEach(each -> findings.add(finding(each, words.get(each))));
        if (byPlace.size() > MOST) {
            findings.add(place.finding(
                    Severity.ERROR,
                    "",
                    FindingRule.SCHEMA_MORE.id(),
                    "This document has more than " + MOST + " mistakes; only the first are shown.",
                    "Put these right first."));
        }
        findings.sort(Finding.ORDER);
        return findings;
    }

    /** Missing fields that stand there misspelt, and empty ones whose lines stand beside them. */
    private Set<String> misspelt(List<Mistake> mistakes) {
        Set<String> pointers = new HashSet<>();
        for (Mistake mistake : mistakes) {
            if (UNKNOWN.contains(mistake.keyword())) {
                fields.emptyOwner(mistake).ifPresent(pointers::add);
                fields.meant(mistake).ifPresent(name -> {
                    List<String> path = new ArrayList<>(mistake.path());
                    path.add(name);
                    pointers.add(Schemas.pointer(path));
                });
            }
        }
        return pointers;
    }

    private static String key(Mistake mistake) {
        boolean value = mistake.property() == null;
        return mistake.propertyPointer() + (value ? "" : " " + mistake.keyword());
    }

    private static Mistake first(Mistake one, Mistake other) {
        return Comparator.comparingInt(MistakeFindings::rank).compare(one, other) <= 0 ? one : other;
    }

    private static int rank(Mistake mistake) {
        int index = PRECEDENCE.indexOf(mistake.keyword());
        return index < 0 ? PRECEDENCE.size() : index;
    }

    private Finding finding(Mistake mistake, @Nullable Words chosen) {
        Words words = chosen == null ? words(mistake) : chosen;
        boolean atField = UNKNOWN.contains(mistake.keyword()) || NAMED.contains(mistake.keyword());
        String pointer = atField ? mistake.propertyPointer() : mistake.pointer();
        return place.finding(Severity.ERROR, pointer, words.rule().id(), words.message(), words.hint());
    }

    private Words words(Mistake mistake) {
        return switch (mistake.keyword()) {
            case "type" -> TypeWords.of(mistake);
            case "additionalProperties", "unevaluatedProperties" -> fields.unknown(mistake);
            case "required" -> fields.missing(mistake);
            case "dependentRequired" -> fields.dependent(mistake);
            case "propertyNames" -> name(mistake);
            case "false" ->
                new Words(
                        FindingRule.SCHEMA_UNKNOWN_FIELD,
                        Show.subject(mistake.path()) + " may not stand here.",
                        "Remove it.");
            default -> ValueWords.of(mistake);
        };
    }

    private static Words name(Mistake mistake) {
        String name = String.valueOf(mistake.property());
        boolean label = mistake.demand().path("format").stringValue("").equals(Formats.DNS_LABEL);
        if (label) {
            return FormatWords.name("A name in " + Show.place(mistake.path()), name);
        }
        String about = Show.about(mistake.demand());
        return new Words(
                FindingRule.SCHEMA_NAME,
                "A field of " + Show.place(mistake.path()) + " cannot be called '" + Show.cut(name) + "'.",
                about.isEmpty()
                        ? "It must match the pattern "
                                + mistake.demand().path("pattern").asString()
                        : about);
    }
}

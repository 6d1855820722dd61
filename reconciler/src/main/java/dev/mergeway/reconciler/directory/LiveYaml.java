package dev.mergeway.reconciler.directory;

import dev.mergeway.reconciler.resource.Trees;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads what stands in a file, whatever a person did to it. */
final class LiveYaml {
    /** Characters of a file at most; an object of Kubernetes has 1.5 MiB at most. */
    static final int LIMIT = 8 << 20;

    private static final List<String> HEAD = List.of("apiVersion", "kind", "type", "metadata");
    private static final Pattern TOP = Pattern.compile("^([A-Za-z]\\w*):.*");

    private LiveYaml() {}

    /** The mapping that the text is; empty where it is no YAML, several documents, or no mapping. */
    static Optional<Map<String, Object>> parse(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(20)
                .setCodePointLimit(LIMIT)
                .build();
        try {
            return new Load(settings).loadFromString(text) instanceof Map<?, ?> map && textKeys(map, 0)
                    ? Optional.of(Trees.copy(Trees.typed(map)))
                    : Optional.empty();
        } catch (YamlEngineException | StackOverflowError broken) {
            // Text that nests without end is as broken as any other.
            return Optional.empty();
        }
    }

    /** Whether all keys are text and nothing is nested deeper than any object is: 100 levels. */
    private static boolean textKeys(Object tree, int depth) {
        if (depth > 100) {
            return false;
        }
        return switch (tree) {
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .allMatch(entry -> entry.getKey() instanceof String
                                && (entry.getValue() == null || textKeys(entry.getValue(), depth + 1)));
            case List<?> list -> list.stream().allMatch(element -> element == null || textKeys(element, depth + 1));
            default -> true;
        };
    }

    /**
     * What comes before the spec (apiVersion, kind, metadata): enough to know whose a file is when the rest of it is
     * broken, and quicker than all of it. Empty where that is broken too.
     */
    static Optional<Map<String, Object>> head(String text) {
        StringBuilder head = new StringBuilder();
        for (String line : (Iterable<String>) text.lines()::iterator) {
            var top = TOP.matcher(line);
            if (top.matches() && !HEAD.contains(top.group(1))) {
                break;
            }
            head.append(line).append('\n');
        }
        return parse(head.toString());
    }
}

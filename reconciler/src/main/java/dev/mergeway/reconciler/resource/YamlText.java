package dev.mergeway.reconciler.resource;

import dev.mergeway.schema.model.Late;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/**
 * Trees as YAML text: the same tree is always the same text. Keys stand as operators are used to them (apiVersion, kind,
 * metadata, spec, then the rest in the tree's order), and a text is quoted wherever any YAML reader, 1.1 or 1.2, could
 * take it for something else.
 */
public final class YamlText {
    private static final List<String> FIRST = List.of("apiVersion", "kind", "type", "metadata", "spec");
    private static final List<String> FIRST_OF_METADATA = List.of("name", "namespace", "labels", "annotations");

    // Plain only where it starts with a letter, a slash or a dot and holds nothing that YAML gives a meaning to.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/](?:[A-Za-z0-9/._@:+=-]*[A-Za-z0-9/._@+=-])?");
    // What YAML 1.1 reads as a boolean, a null or a number (such as 1e3, or e.g. 'off'), in any case.
    private static final Pattern MEANT =
            Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null|\\.nan|\\.inf|nan|inf|infinity");

    private YamlText() {}

    /** One document, without a line of dashes; ends with a line end. */
    public static String of(Map<String, Object> tree) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setDefaultScalarStyle(ScalarStyle.PLAIN)
                .setDereferenceAliases(true)
                .setSplitLines(false)
                .setWidth(4096)
                .setIndicatorIndent(0)
                .setBestLineBreak("\n")
                .build();
        return new Dump(settings, new Quoting(settings)).dumpToString(ordered(tree));
    }

    private static Map<String, @Nullable Object> ordered(Map<String, Object> tree) {
        Map<String, @Nullable Object> ordered = first(FIRST, tree);
        if (tree.get("metadata") instanceof Map<?, ?> metadata) {
            ordered.put("metadata", first(FIRST_OF_METADATA, Trees.typed(metadata)));
        }
        ordered.replaceAll((key, value) -> plain(value));
        return ordered;
    }

    private static Map<String, @Nullable Object> first(List<String> keys, Map<String, Object> tree) {
        Map<String, @Nullable Object> ordered = new LinkedHashMap<>();
        for (String key : keys) {
            if (tree.containsKey(key)) {
                ordered.put(key, tree.get(key));
            }
        }
        tree.forEach(ordered::putIfAbsent);
        return ordered;
    }

    private static @Nullable Object plain(@Nullable Object tree) {
        return switch (tree) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> plain = new LinkedHashMap<>();
                map.forEach((key, value) -> plain.put(String.valueOf(key), plain(value)));
                yield plain;
            }
            case List<?> list -> {
                List<@Nullable Object> plain = new ArrayList<>(list.size());
                list.forEach(element -> plain.add(plain(element)));
                yield plain;
            }
            case Late late -> late.text();
            case null, default -> tree;
        };
    }

    /** Texts in the plainest style that every reader takes for a text. */
    private static final class Quoting extends StandardRepresenter {
        Quoting(DumpSettings settings) {
            super(settings);
            representers.put(String.class, data -> text((String) data));
        }

        private static Node text(String text) {
            return new ScalarNode(Tag.STR, text, style(text));
        }

        private static ScalarStyle style(String text) {
            if (PLAIN.matcher(text).matches() && !MEANT.matcher(text).matches()) {
                return ScalarStyle.PLAIN;
            }
            return literal(text) ? ScalarStyle.LITERAL : ScalarStyle.DOUBLE_QUOTED;
        }

        /** Several lines that a literal block gives back as they are. */
        private static boolean literal(String text) {
            return text.indexOf('\n') > 0
                    && !text.startsWith(" ")
                    && !text.startsWith("\t")
                    && text.lines().noneMatch(line -> line.endsWith(" ") || line.endsWith("\t"))
                    && text.chars().allMatch(letter -> letter == '\n' || (letter >= ' ' && letter < 0x7f));
        }
    }
}

package dev.mergeway.schema.document;

import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.FindingRule;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Parser events to a tree with positions. Aliases share the tree they name and are counted by what they would be if
 * written out, so that a document is refused long before it could grow.
 */
final class TreeBuilder {
    /** Beyond this many characters of pointers no more positions are kept; the nearest ancestor's is shown then. */
    private static final int POINTER_BUDGET = 32 << 20;

    private final String file;
    private final int firstLine;
    private final Limits limits;
    private final List<Finding> findings;
    private final Map<String, Position> positions = new HashMap<>();
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private Position start = Position.START;
    private int nodes;
    private int aliasNodes;
    private int characters;
    private int aliasCharacters;
    private int pointerCharacters;

    /** A value that has a name for aliases, and how many values and characters it consists of. */
    private record Anchored(@Nullable Object value, int nodes, int characters) {}

    TreeBuilder(String file, int firstLine, Limits limits, List<Finding> findings) {
        this.file = file;
        this.firstLine = firstLine;
        this.limits = limits;
        this.findings = findings;
    }

    @Nullable
    Object build(Event first, Iterator<Event> events) throws RefusedException {
        start = position(first);
        locate("", start);
        return value(first, events, "", 1);
    }

    Position start() {
        return start;
    }

    Map<String, Position> positions() {
        return positions;
    }

    @SuppressWarnings("unchecked") // every map of a tree has texts as keys
    static Map<String, Object> tree(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }

    @Nullable
    Object value(Event event, Iterator<Event> events, String pointer, int depth) throws RefusedException {
        if (depth > limits.depth()) {
            throw refused(
                    event,
                    pointer,
                    FindingRule.YAML_DEPTH,
                    "The document is nested more than " + limits.depth() + " levels deep.",
                    "Write it flatter.");
        }
        int before = nodes++;
        int written = characters;
        @Nullable
        Object value = switch (event) {
            case ScalarEvent scalar -> scalar(scalar, pointer);
            case SequenceStartEvent sequence -> list(sequence, events, pointer, depth);
            case MappingStartEvent mapping -> new MapBuilder(this, pointer, depth).build(mapping, events);
            case AliasEvent alias -> alias(alias, pointer);
            default -> throw new IllegalStateException("not a value: " + event);
        };
        if (event instanceof NodeEvent node && !(event instanceof AliasEvent)) {
            node.getAnchor()
                    .ifPresent(
                            anchor -> anchors.put(anchor, new Anchored(value, nodes - before, characters - written)));
        }
        return value;
    }

    private List<Object> list(SequenceStartEvent sequence, Iterator<Event> events, String pointer, int depth)
            throws RefusedException {
        checkTag(sequence.getTag().orElse(null), "tag:yaml.org,2002:seq", sequence, pointer);
        List<Object> list = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            String child = pointer + "/" + list.size();
            locate(child, position(event));
            addNullable(list, value(event, events, child, depth + 1));
        }
        return Collections.unmodifiableList(list);
    }

    @SuppressWarnings("NullAway") // trees may hold nulls, which the list's element type does not say
    private static void addNullable(List<Object> list, @Nullable Object value) {
        list.add(value);
    }

    /** Counts characters that would be written once more wherever an alias stands for them. */
    void count(String text) {
        characters += text.length();
    }

    private @Nullable Object scalar(ScalarEvent scalar, String pointer) {
        count(scalar.getValue());
        String tag = scalar.getTag().orElse(null);
        if (tag != null && !tag.equals("!")) {
            checkTag(tag, "tag:yaml.org,2002:str", scalar, pointer);
            return TAGS_OF_CORE.contains(tag) ? Scalars.resolve(scalar.getValue()) : scalar.getValue();
        }
        if (tag != null || !scalar.isPlain()) {
            return scalar.getValue();
        }
        if (Scalars.looksOctal(scalar.getValue())) {
            add(
                    Severity.WARNING,
                    scalar,
                    pointer,
                    FindingRule.YAML_OCTAL,
                    scalar.getValue() + " is read as the decimal number " + Scalars.resolve(scalar.getValue()) + ".",
                    "If it is a text (a file mode, a postal code), put it in quotes: \"" + scalar.getValue()
                            + "\"; an octal number is written 0o"
                            + scalar.getValue().substring(1) + ".");
        }
        return Scalars.resolve(scalar.getValue());
    }

    private static final java.util.Set<String> TAGS_OF_CORE = java.util.Set.of(
            "tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null");

    void checkTag(@Nullable String tag, String allowed, Event event, String pointer) {
        if (tag != null && !tag.equals("!") && !tag.equals(allowed) && !TAGS_OF_CORE.contains(tag)) {
            String name = tag.startsWith("tag:yaml.org,2002:") ? "!!" + tag.substring(18) : tag;
            add(
                    Severity.ERROR,
                    event,
                    pointer,
                    FindingRule.YAML_TAG,
                    "The tag " + Texts.cut(name) + " means nothing here.",
                    "Remove the tag; a text that begins with '!' is put in quotes.");
        }
    }

    private @Nullable Object alias(AliasEvent alias, String pointer) throws RefusedException {
        String name = "*" + Texts.cut(alias.getAlias().getValue());
        Anchored anchored = anchors.get(alias.getAlias());
        if (anchored == null) {
            add(
                    Severity.ERROR,
                    alias,
                    pointer,
                    FindingRule.YAML_ALIAS,
                    name + " names nothing that was written before it in this document.",
                    "Write &" + name.substring(1)
                            + " at the value that is meant, or put the text in quotes if it is one.");
            return null;
        }
        aliasNodes += anchored.nodes();
        nodes += anchored.nodes();
        aliasCharacters += anchored.characters();
        characters += anchored.characters();
        boolean tooMany = aliasNodes > limits.aliasNodes();
        if (tooMany || aliasCharacters > limits.aliasCharacters()) {
            throw refused(
                    alias,
                    pointer,
                    FindingRule.YAML_ALIAS_LIMIT,
                    "The aliases of this document (" + name + " and others) stand for more than "
                            + (tooMany ? limits.aliasNodes() + " values." : limits.aliasCharacters() + " characters."),
                    "Write the values out, or use fewer aliases within each other.");
        }
        return anchored.value();
    }

    Position position(Event event) {
        Mark mark = event.getStartMark().orElseThrow();
        return new Position(firstLine + mark.getLine(), mark.getColumn() + 1);
    }

    void locate(String pointer, Position position) {
        if (pointerCharacters < POINTER_BUDGET && positions.putIfAbsent(pointer, position) == null) {
            pointerCharacters += pointer.length();
        }
    }

    void add(Severity severity, Event event, String pointer, FindingRule rule, String message, String hint) {
        findings.add(new Finding(severity, file, position(event), pointer, rule.id(), message, hint));
    }

    RefusedException refused(Event event, String pointer, FindingRule rule, String message, String hint) {
        return new RefusedException(
                new Finding(Severity.ERROR, file, position(event), pointer, rule.id(), message, hint));
    }
}

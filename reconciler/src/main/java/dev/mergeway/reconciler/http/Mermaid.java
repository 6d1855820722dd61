package dev.mergeway.reconciler.http;

import static dev.mergeway.reconciler.http.Html.css;
import static dev.mergeway.reconciler.http.Html.el;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Mermaid graph as a picture drawn here, so that no script is loaded to do it. Knows the few forms that our own
 * comments use; any other text, and a graph too big to help, is shown as the text that it is.
 */
final class Mermaid {
    private static final int NODES = 100;
    private static final int EDGES = 400;
    private static final int LABEL = 60;

    private static final Pattern NODE = Pattern.compile("\\s*(\\w{1,20})\\[\"([^\"]*)\"\\](?::::(\\w{1,20}))?\\s*");
    private static final Pattern EDGE = Pattern.compile("\\s*(\\w{1,20}) --> (\\w{1,20})\\s*");
    private static final Pattern PASSED = Pattern.compile("\\s*|\\s*graph LR\\s*|\\s*classDef .*");
    private static final Pattern CODE = Pattern.compile("#(\\d{1,5}|quot|lt|gt|amp);");

    private Mermaid() {}

    /** A box: what it says, and the word by which it is coloured. */
    record Node(String label, String tone) {}

    /** From one box to another. */
    record Edge(String from, String to) {}

    /** The graph as markup. */
    static Html html(String text) {
        return parse(text)
                .map(graph -> el("div", css("scroll"), graph.svg()))
                .orElseGet(() -> el("pre", css("graph"), el("code", text)));
    }

    private static Optional<GraphView> parse(String text) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        List<Edge> edges = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            Matcher node = NODE.matcher(line);
            Matcher edge = EDGE.matcher(line);
            if (node.matches()) {
                String tone = node.group(3) == null ? "" : node.group(3);
                nodes.put(node.group(1), new Node(label(node.group(2)), tone));
            } else if (edge.matches()) {
                edges.add(new Edge(edge.group(1), edge.group(2)));
            } else if (!PASSED.matcher(line).matches()) {
                return Optional.empty();
            }
        }
        boolean whole = edges.stream().allMatch(edge -> nodes.containsKey(edge.from()) && nodes.containsKey(edge.to()));
        return nodes.isEmpty() || nodes.size() > NODES || edges.size() > EDGES || !whole
                ? Optional.empty()
                : Optional.of(new GraphView(nodes, edges));
    }

    /** A label without Mermaid's codes for characters, such as {@code #quot;} and {@code #35;}. */
    private static String label(String text) {
        String plain = CODE.matcher(text).replaceAll(code -> Matcher.quoteReplacement(character(code.group(1))));
        return plain.length() > LABEL ? plain.substring(0, LABEL - 1) + "…" : plain;
    }

    private static String character(String code) {
        return switch (code) {
            case "quot" -> "\"";
            case "lt" -> "<";
            case "gt" -> ">";
            case "amp" -> "&";
            default ->
                Character.isISOControl(Integer.parseInt(code)) ? " " : Character.toString(Integer.parseInt(code));
        };
    }
}

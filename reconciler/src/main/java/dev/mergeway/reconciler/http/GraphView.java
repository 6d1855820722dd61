package dev.mergeway.reconciler.http;

import static dev.mergeway.reconciler.http.Html.attr;
import static dev.mergeway.reconciler.http.Html.css;
import static dev.mergeway.reconciler.http.Html.el;

import dev.mergeway.reconciler.http.Mermaid.Edge;
import dev.mergeway.reconciler.http.Mermaid.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A graph drawn from left to right: what others need stands to the left of them. */
final class GraphView {
    private static final int HEIGHT = 30;
    private static final int ROW = 44;
    private static final int GAP = 56;
    private static final int MARGIN = 4;
    private static final double CHARACTER = 7.3;

    private final Map<String, Node> nodes;
    private final List<Edge> edges;
    private final Map<String, Box> boxes = new HashMap<>();
    private int width;
    private int height;

    GraphView(Map<String, Node> nodes, List<Edge> edges) {
        this.nodes = nodes;
        this.edges = edges;
        place();
    }

    /** Where a node is drawn. */
    private record Box(int left, int top, int width) {
        int middle() {
            return top + HEIGHT / 2;
        }
    }

    /** The column of each node: one to the right of all that it needs. Bounded, so that a cycle ends too. */
    private Map<String, Integer> columns() {
        Map<String, Integer> columns = new HashMap<>();
        nodes.keySet().forEach(id -> columns.put(id, 0));
        boolean moved = true;
        for (int round = 0; moved && round < nodes.size(); round++) {
            moved = false;
            for (Edge edge : edges) {
                int after = columns.getOrDefault(edge.from(), 0) + 1;
                if (columns.getOrDefault(edge.to(), 0) < after && after < nodes.size()) {
                    columns.put(edge.to(), after);
                    moved = true;
                }
            }
        }
        return columns;
    }

    private void place() {
        Map<Integer, List<String>> columns = new TreeMap<>();
        Map<String, Integer> columnOf = columns();
        nodes.keySet()
                .forEach(id -> columns.computeIfAbsent(columnOf.getOrDefault(id, 0), column -> new ArrayList<>())
                        .add(id));
        int left = MARGIN;
        for (List<String> column : columns.values()) {
            int wide = 0;
            for (String id : column) {
                wide = Math.max(wide, (int) (label(id).length() * CHARACTER) + 24);
            }
            for (int row = 0; row < column.size(); row++) {
                boxes.put(column.get(row), new Box(left, MARGIN + row * ROW, wide));
            }
            height = Math.max(height, (column.size() - 1) * ROW + HEIGHT + 2 * MARGIN);
            left += wide + GAP;
        }
        width = left - GAP + MARGIN;
    }

    private String label(String id) {
        Node node = nodes.get(id);
        return node == null ? "" : node.label();
    }

    Html svg() {
        List<Html> drawn = new ArrayList<>();
        edges.forEach(edge -> drawn.add(line(boxes.get(edge.from()), boxes.get(edge.to()))));
        nodes.forEach((id, node) -> drawn.add(box(boxes.get(id), node)));
        return el(
                "svg",
                css("graph"),
                attr("viewBox", "0 0 " + width + " " + height),
                attr("width", String.valueOf(width)),
                attr("height", String.valueOf(height)),
                attr("role", "img"),
                attr("aria-label", "What depends on what: " + nodes.size() + " resources"),
                drawn);
    }

    private static Html line(@Nullable Box from, @Nullable Box to) {
        if (from == null || to == null) {
            return Html.NOTHING;
        }
        int begin = from.left() + from.width();
        int bend = (begin + to.left()) / 2;
        String path = "M" + begin + " " + from.middle() + " C" + bend + " " + from.middle() + " " + bend + " "
                + to.middle() + " " + to.left() + " " + to.middle();
        return el("path", css("edge"), attr("d", path));
    }

    private static Html box(@Nullable Box box, Node node) {
        if (box == null) {
            return Html.NOTHING;
        }
        return el(
                "g",
                css("node " + node.tone()),
                el("title", node.label()),
                el(
                        "rect",
                        attr("x", String.valueOf(box.left())),
                        attr("y", String.valueOf(box.top())),
                        attr("width", String.valueOf(box.width())),
                        attr("height", String.valueOf(HEIGHT)),
                        attr("rx", "6")),
                el(
                        "text",
                        attr("x", String.valueOf(box.left() + 12)),
                        attr("y", String.valueOf(box.middle() + 4)),
                        node.label()));
    }
}

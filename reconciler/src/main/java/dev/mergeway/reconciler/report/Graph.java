package dev.mergeway.reconciler.report;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.plan.PlanStep;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.schema.model.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What depends on what, as a Mermaid graph coloured by action. Names are labels only: identifiers are numbers. */
final class Graph {
    // A bigger graph is no help to a reader, and Mermaid refuses more than 280 edges.
    private static final int NODES = 60;
    private static final int EDGES = 200;

    private Graph() {}

    /** Lines of the graph of what changes and what that depends on; none where it would be too big or nothing changes. */
    static List<String> of(Plan plan) {
        List<PlanStep> shown = shown(plan);
        long edges = shown.stream().mapToLong(step -> step.dependsOn().size()).sum();
        if (shown.isEmpty() || shown.size() > NODES || edges > EDGES) {
            return List.of();
        }
        Map<ResourceKey, String> ids = new HashMap<>();
        List<String> lines = new ArrayList<>(List.of("graph LR"));
        for (PlanStep step : shown) {
            String id = "n" + ids.size();
            ids.put(step.resource(), id);
            String label = Safe.mermaid(step.resource().kind()) + " "
                    + Safe.mermaid(step.resource().name());
            lines.add("  " + id + "[\"" + label + " - " + step.action().label() + "\"]:::"
                    + step.action().label());
        }
        for (PlanStep step : shown) {
            for (ResourceKey needed : step.dependsOn()) {
                if (ids.containsKey(needed)) {
                    lines.add("  " + ids.get(needed) + " --> " + ids.get(step.resource()));
                }
            }
        }
        // Colours of GitHub's own labels; each readable with black text.
        lines.add("  classDef create fill:#aceebb,stroke:#1a7f37,color:#000");
        lines.add("  classDef update fill:#b6e3ff,stroke:#0969da,color:#000");
        lines.add("  classDef adopt fill:#ecd8ff,stroke:#8250df,color:#000");
        lines.add("  classDef replace fill:#ffd8b5,stroke:#bc4c00,color:#000");
        lines.add("  classDef delete fill:#ffcecb,stroke:#cf222e,color:#000");
        lines.add("  classDef unchanged fill:#eaeef2,stroke:#6e7781,color:#000");
        return lines;
    }

    private static List<PlanStep> shown(Plan plan) {
        Set<ResourceKey> keys = new HashSet<>();
        for (PlanStep step : plan.steps()) {
            if (step.action() != Action.UNCHANGED) {
                keys.add(step.resource());
                keys.addAll(step.dependsOn());
            }
        }
        return plan.steps().stream()
                .filter(step -> keys.contains(step.resource()))
                .toList();
    }
}

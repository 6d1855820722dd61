package dev.mergeway.schema.blueprint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What comes before what.
 *
 * @param before for each node those that come before it; a node that is no key of its own is ignored
 */
record Graph<N extends Comparable<N>>(Map<N, Set<N>> before) {
    Graph {
        Map<N, Set<N>> known = new TreeMap<>();
        for (Map.Entry<N, Set<N>> entry : before.entrySet()) {
            Set<N> nodes = new TreeSet<>(entry.getValue());
            nodes.retainAll(before.keySet());
            known.put(entry.getKey(), nodes);
        }
        before = known;
    }

    /**
     * All nodes but those that are part of a cycle or behind one, each after all that come before it, and where that
     * leaves a choice by the comparator.
     */
    List<N> order(Comparator<? super N> preference) {
        Map<N, Integer> open = new HashMap<>();
        Map<N, List<N>> after = new HashMap<>();
        PriorityQueue<N> free = new PriorityQueue<>(preference);
        before.forEach((node, earlier) -> {
            open.put(node, earlier.size());
            earlier.forEach(
                    one -> after.computeIfAbsent(one, key -> new ArrayList<>()).add(node));
            if (earlier.isEmpty()) {
                free.add(node);
            }
        });
        List<N> order = new ArrayList<>(before.size());
        for (N node = free.poll(); node != null; node = free.poll()) {
            order.add(node);
            for (N next : after.getOrDefault(node, List.of())) {
                if (open.merge(next, -1, Integer::sum) == 0) {
                    free.add(next);
                }
            }
        }
        return order;
    }

    /** All cycles that a walk in node order meets, each begun at its smallest node; no node is in two of them. */
    List<List<N>> cycles() {
        Set<N> acyclic = new TreeSet<>(order(Comparator.naturalOrder()));
        List<List<N>> cycles = new ArrayList<>();
        Set<N> seen = new TreeSet<>(acyclic);
        for (N start : before.keySet()) {
            if (!seen.contains(start)) {
                List<N> cycle = cycle(start, seen);
                if (cycle != null) {
                    cycles.add(cycle);
                }
            }
        }
        return cycles;
    }

    /** Goes on from a node to any that comes before it and has something before it, until it meets itself. */
    private @Nullable List<N> cycle(N start, Set<N> seen) {
        Map<N, Integer> place = new LinkedHashMap<>();
        N at = start;
        while (at != null && !place.containsKey(at) && !seen.contains(at)) {
            place.put(at, place.size());
            at = before.getOrDefault(at, Set.of()).stream()
                    .filter(node -> !seen.contains(node))
                    .findFirst()
                    .orElse(null);
        }
        List<N> walk = new ArrayList<>(place.keySet());
        seen.addAll(walk);
        Integer from = at == null ? null : place.get(at);
        return from == null ? null : rotated(walk.subList(from, walk.size()));
    }

    private List<N> rotated(List<N> cycle) {
        N smallest = cycle.stream().min(Comparator.naturalOrder()).orElseThrow();
        int from = cycle.indexOf(smallest);
        List<N> rotated = new ArrayList<>(cycle.subList(from, cycle.size()));
        rotated.addAll(cycle.subList(0, from));
        return List.copyOf(rotated);
    }
}

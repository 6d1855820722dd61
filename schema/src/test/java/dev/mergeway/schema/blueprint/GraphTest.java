package dev.mergeway.schema.blueprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GraphTest {
    private static Map<Integer, Set<Integer>> acyclic(Random random, int nodes) {
        Map<Integer, Set<Integer>> before = new TreeMap<>();
        for (int node = 0; node < nodes; node++) {
            Set<Integer> earlier = new TreeSet<>();
            for (int edge = 0; node > 0 && edge < random.nextInt(4); edge++) {
                earlier.add(random.nextInt(node));
            }
            before.put(node, earlier);
        }
        return before;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aGraphWithoutCyclesHasAValidOrder(long seed) {
        Map<Integer, Set<Integer>> before = acyclic(new Random(seed), 200);
        Graph<Integer> graph = new Graph<>(before);
        List<Integer> order = graph.order(Comparator.reverseOrder());
        assertThat(order).hasSize(200).doesNotHaveDuplicates();
        before.forEach((node, earlier) ->
                earlier.forEach(one -> assertThat(order.indexOf(one)).isLessThan(order.indexOf(node))));
        assertThat(graph.cycles()).isEmpty();
        assertThat(new Graph<>(new HashMap<>(before)).order(Comparator.reverseOrder()))
                .isEqualTo(order);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aCycleIsNamedAndNothingElse(long seed) {
        Random random = new Random(seed);
        Map<Integer, Set<Integer>> before = acyclic(random, 50);
        int length = 1 + random.nextInt(5);
        for (int step = 0; step < length; step++) {
            before.put(100 + step, new TreeSet<>(Set.of(100 + (step + 1) % length, random.nextInt(50))));
        }
        before.put(200, new TreeSet<>(Set.of(100)));
        Graph<Integer> graph = new Graph<>(before);
        assertThat(graph.cycles()).hasSize(1);
        List<Integer> cycle = graph.cycles().getFirst();
        assertThat(cycle).hasSize(length).startsWith(100).allMatch(node -> node >= 100 && node < 200);
        for (int step = 0; step < length; step++) {
            assertThat(before.get(cycle.get(step))).contains(cycle.get((step + 1) % length));
        }
        assertThat(graph.order(Comparator.naturalOrder())).hasSize(50);
    }
}

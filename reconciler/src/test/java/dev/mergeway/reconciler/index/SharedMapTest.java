package dev.mergeway.reconciler.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A copy is as a copy is, however long the way of copies to it, and leaves the one that it was made of alone. */
class SharedMapTest {
    @Test
    void copiesOfCopiesAreAsMapsAre() {
        Random random = new Random(5);
        Map<String, Integer> expected = new HashMap<>();
        SharedMap<Integer> map = new SharedMap<>();
        for (int step = 0; step < 3_000; step++) {
            SharedMap<Integer> before = map;
            Map<String, Integer> told = step % 100 == 0 ? new HashMap<>(before.all()) : Map.of();
            map = step < 50 ? map : new SharedMap<>(map);
            for (int change = random.nextInt(4); change >= 0; change--) {
                String key = "k" + random.nextInt(1_000);
                Optional<Integer> value = random.nextInt(4) == 0 ? Optional.empty() : Optional.of(step);
                map.set(key, value);
                value.ifPresentOrElse(some -> expected.put(key, some), () -> expected.remove(key));
                assertThat(map.get(key)).isEqualTo(expected.get(key));
            }
            if (step % 100 == 0) {
                assertThat(map.all()).as("step %d", step).isEqualTo(expected);
                if (step >= 50) {
                    assertThat(before.all()).as("the one before step %d", step).isEqualTo(told);
                }
            }
        }
        assertThat(map.all()).isEqualTo(expected).hasSizeGreaterThan(500);
    }
}

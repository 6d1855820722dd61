package dev.mergeway.reconciler.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TreesTest {
    private static final Map<String, Object> TREE =
            Map.of("a", Map.of("b/c", List.of(Map.of("d", 1L), Map.of("d~e", 2L))), "f", Map.of());

    @Test
    void findsWhatStandsAtAPointer() {
        assertThat(Trees.at(TREE, "/a/b~1c/1/d~0e")).isEqualTo(2L);
        assertThat(Trees.at(TREE, "")).isEqualTo(TREE);
        assertThat(Trees.at(TREE, "/a/b~1c/2")).isNull();
        assertThat(Trees.at(TREE, "/a/b~1c/-")).isNull();
        assertThat(Trees.at(TREE, "/nowhere/at/all")).isNull();
    }

    @Test
    void namesTheLeavesByPointer() {
        assertThat(Pointers.leaves(TREE, true).keySet())
                .containsExactlyInAnyOrder("/a/b~1c/0/d", "/a/b~1c/1/d~0e", "/f");
        assertThat(Pointers.leaves(TREE, false).keySet()).containsExactlyInAnyOrder("/a/b~1c", "/f");
    }

    @Test
    void setsAndRemovesInACopy() {
        Map<String, Object> set = Trees.with(TREE, "/a/b~1c/0/new/deep", "x");
        assertThat(Trees.at(set, "/a/b~1c/0/new/deep")).isEqualTo("x");
        assertThat(Trees.at(TREE, "/a/b~1c/0/new")).isNull();
        Map<String, Object> removed = Trees.without(Trees.with(Map.of("z", 1L), "/x/y/w", 2L), "/x/y/w");
        assertThat(removed).isEqualTo(Map.of("z", 1L));
        assertThat(Trees.without(TREE, "/nowhere")).isEqualTo(TREE);
    }

    @Test
    void comparesNumbersByValueAndMappingsWhateverTheirOrder() {
        Map<String, Object> one = new LinkedHashMap<>(Map.of("a", 1));
        one.put("b", 2.50);
        Map<String, Object> other = new LinkedHashMap<>(Map.of("b", 2.5));
        other.put("a", 1.0);
        assertThat(Trees.equal(one, other)).isTrue();
        assertThat(Trees.equal(1L, BigInteger.ONE)).isTrue();
        assertThat(Trees.equal(1L, "1")).isFalse();
        assertThat(Trees.equal(Double.NaN, Double.NaN)).isTrue();
        assertThat(Trees.equal(Long.MAX_VALUE, (double) Long.MAX_VALUE)).isFalse();
        assertThat(Trees.equal(List.of(1L), List.of(1L, 2L))).isFalse();
        assertThat(Trees.equal(null, Map.of())).isFalse();
    }

    @Test
    void aCopyIsFrozenAndKeepsNulls() {
        Map<String, Object> inner = new HashMap<>();
        inner.put("nothing", null);
        List<Object> list = new ArrayList<>(List.of(3, inner));
        Map<String, Object> copy = Trees.copy(Map.of("list", list));
        list.clear();
        assertThat(Trees.at(copy, "/list/0")).isEqualTo(3L);
        assertThat(Trees.mapping(copy, "/list/1")).containsEntry("nothing", null);
        assertThatThrownBy(() -> copy.put("x", "y")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aPointerIsWithinItselfAndItsAncestorsAlone() {
        assertThat(Pointers.within("/data/x", "/data")).isTrue();
        assertThat(Pointers.within("/data", "/data")).isTrue();
        assertThat(Pointers.within("/database", "/data")).isFalse();
    }
}

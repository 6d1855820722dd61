package dev.mergeway.reconciler.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.model.Late;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
    @Test
    void theSameTreeIsTheSameTextWhateverItsOrder() {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("b", 1L);
        one.put("a", List.of("x"));
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("a", List.of("x"));
        other.put("b", 1.0);
        assertThat(CanonicalJson.text(one)).isEqualTo("{\"a\":[\"x\"],\"b\":1}").isEqualTo(CanonicalJson.text(other));
        assertThat(CanonicalJson.inOrder(one)).isEqualTo("{\"b\":1,\"a\":[\"x\"]}");
        assertThat(CanonicalJson.hash(one)).isEqualTo(CanonicalJson.hash(other)).matches("[0-9a-f]{16}");
    }

    @Test
    void writesEveryKindOfLeaf() {
        assertThat(CanonicalJson.text(Arrays.asList(null, true, 2.5, "é\n\"", new Late.Generated(16))))
                .isEqualTo("[null,true,2.5,\"é\\n\\\"\",\"${random(16)}\"]");
    }
}

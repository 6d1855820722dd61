package dev.mergeway.reconciler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static final Map<String, Object> METADATA = Map.of(
            "uid", "u", "generation", 1L, "resourceVersion", "7", "annotations", Map.of("mergeway.dev/applied", "x"));

    @Test
    void changesWithWhatAnApplyCouldChangeAndNotWithWhatControllersCount() {
        String before = of(METADATA);
        assertThat(of(with("resourceVersion", "8"))).isEqualTo(before);
        assertThat(of(with(
                        "annotations", Map.of("mergeway.dev/applied", "x", "deployment.kubernetes.io/revision", "1"))))
                .isEqualTo(before);
        assertThat(of(with("annotations", Map.of("mergeway.dev/applied", "y")))).isNotEqualTo(before);
        assertThat(of(with("labels", Map.of("by", "hand")))).isNotEqualTo(before);
        assertThat(of(with("generation", 2L))).isNotEqualTo(before);
        assertThat(of(with("uid", "v"))).isNotEqualTo(before);
    }

    @Test
    void ofAKindWithoutGenerationsIsOfItsVersion() {
        assertThat(of(Map.of("uid", "u", "resourceVersion", "7")))
                .isNotEqualTo(of(Map.of("uid", "u", "resourceVersion", "8")));
    }

    private static Map<String, Object> with(String key, Object value) {
        Map<String, Object> metadata = new HashMap<>(METADATA);
        metadata.put(key, value);
        return metadata;
    }

    private static String of(Map<String, Object> metadata) {
        return Fingerprint.of(Map.of("metadata", metadata));
    }
}

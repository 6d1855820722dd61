package dev.mergeway.reconciler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static final Map<String, Object> METADATA = Map.of(
            "uid",
            "u",
            "generation",
            1L,
            "resourceVersion",
            "7",
            "annotations",
            Map.of("mergeway.dev/applied", "x"),
            "managedFields",
            List.of(entry("mergeway", "", "f:spec", "10:00:00")));

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
        assertThat(of(with("managedFields", List.of(entry("mergeway", "", "f:value", "10:00:00")))))
                .as("an edit of what its generation does not count")
                .isNotEqualTo(before);
    }

    @Test
    void tellsWhoWroteWhatButForItsStatus() {
        Map<String, Object> ours = entry("mergeway", "", "f:spec", "10:00:00");
        Map<String, Object> status = entry("controller", "status", "f:status", "10:00:01");
        String before = written(ours);
        assertThat(written(ours, status)).isEqualTo(before);
        assertThat(written(ours, entry("controller", "status", "f:status", "10:00:02")))
                .isEqualTo(before);
        assertThat(written(ours, entry("kubectl", "", "f:spec", "10:00:00"))).isNotEqualTo(before);
        assertThat(written(entry("mergeway", "", "f:spec", "10:00:01"))).isNotEqualTo(before);
        assertThat(written(entry("mergeway", "", "f:metadata", "10:00:00"))).isNotEqualTo(before);
    }

    @Test
    void whereNobodyIsKnownToHaveWrittenItIsOfTheVersion() {
        assertThat(of(Map.of("uid", "u", "resourceVersion", "7")))
                .isNotEqualTo(of(Map.of("uid", "u", "resourceVersion", "8")));
    }

    private static Map<String, Object> entry(String manager, String subresource, String fields, String time) {
        return Map.of(
                "manager", manager, "subresource", subresource, "fieldsV1", Map.of(fields, Map.of()), "time", time);
    }

    @SafeVarargs
    private static String written(Map<String, Object>... entries) {
        return of(Map.of("uid", "u", "resourceVersion", "7", "managedFields", List.of(entries)));
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

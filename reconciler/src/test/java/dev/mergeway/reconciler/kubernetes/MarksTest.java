package dev.mergeway.reconciler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarksTest {
    /** KEP-3659: the unpadded base64url of the SHA-256 of {@code <name>.<namespace>.<kind>.<group>} of the parent object. */
    @Test
    void theIdOfASetIsWhatKubectlComputes() {
        assertThat(Marks.parent("shop-dev")).isEqualTo("mergeway-shop-dev");
        assertThat(Marks.setId("shop-dev", "mergeway-system"))
                .as("by hand of mergeway-shop-dev.mergeway-system.ConfigMap.")
                .isEqualTo("applyset-AMKG5egfv3S8zbhka5lzCjjWlRwXrzQQnWTSYgGKL5I-v1");
    }
}

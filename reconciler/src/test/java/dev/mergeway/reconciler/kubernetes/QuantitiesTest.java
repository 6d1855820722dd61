package dev.mergeway.reconciler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({
        "1000m, 1, true",
        "1, 1000m, true",
        "0.1, 100m, true",
        "1Gi, 1024Mi, true",
        "1G, 1024Mi, false",
        "1e3, 1k, true",
        "1E, 1000P, true",
        "5, 5.0, true",
        "+1, 1, true",
        "1Ki, 1024, true",
        "100n, 0.1u, true",
        "lots, lots, false",
        "1Qi, 1Qi, false",
    })
    void comparesWhatTheyAmountTo(String one, String other, boolean same) {
        assertThat(Quantities.same(one, other)).isEqualTo(same);
    }

    @Test
    void comparesNumbersWithTexts() {
        assertThat(Quantities.same(1L, "1000m")).isTrue();
        assertThat(Quantities.same(0.5, "500m")).isTrue();
        assertThat(Quantities.same(null, "0")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/spec/containers/0/resources/limits/memory, true",
        "/spec/template/spec/containers/0/resources/requests/cpu, true",
        "/spec/limits/0/default/cpu, true",
        "/spec/metrics/0/resource/target/averageValue, true",
        "/spec/template/spec/volumes/1/emptyDir/sizeLimit, true",
        "/data/max, false",
        "/data/default, false",
        "/metadata/annotations/limits, false",
        "/spec/versions/0/schema/openAPIV3Schema/properties/spec/default/resources/limits/cpu, false",
        "/spec/default, false",
        "/spec/hard/requests.cpu, true",
        "/spec/resources/requests/storage, true",
        "/spec/replicas, false",
        "/data/memory, false",
    })
    void knowsWhereTheyStand(String pointer, boolean quantity) {
        assertThat(Quantities.at(pointer)).isEqualTo(quantity);
    }
}

package dev.mergeway.reconciler.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.model.SpecKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnershipTest {
    private static final List<String> NAMES = List.of(
            "checkout",
            "a".repeat(63),
            "a".repeat(64),
            "acme/shop",
            "-starts-wrong",
            "ends-wrong.",
            "über mut",
            "///",
            "x".repeat(46) + "!" + "y".repeat(300));

    @Test
    void everyNameIsAValidLabelAndIsFoundAgain() {
        for (String name : NAMES) {
            Ownership owner = new Ownership(name, new SpecKey("shop-dev", "Deployment", name), true);
            assertThat(owner.labels().values())
                    .allMatch(value -> value.matches("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?"), name);
            assertThat(Ownership.of(owner.labels(), owner.annotations())).contains(owner);
            assertThat(Ownership.of(owner.labels()).orElseThrow().sameAs(owner)).isTrue();
        }
    }

    @Test
    void namesThatShortenAlikeStayApart() {
        String one = "x".repeat(100) + "1";
        String other = "x".repeat(100) + "2";
        assertThat(Ownership.value(one)).isNotEqualTo(Ownership.value(other)).hasSizeLessThanOrEqualTo(63);
    }

    @Test
    void aForgedAnnotationIsNotBelieved() {
        Ownership owner = new Ownership("shop", new SpecKey("dev", "Deployment", "checkout"), false);
        assertThat(Ownership.of(owner.labels(), Map.of(Ownership.NAME, "other")))
                .contains(owner);
        assertThat(Ownership.of(Map.of(Ownership.ENVIRONMENT, "dev"))).isEmpty();
    }
}

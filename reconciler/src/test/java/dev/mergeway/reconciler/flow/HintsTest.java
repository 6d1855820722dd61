package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.model.ResourceKey;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HintsTest {
    private long now;
    private final Hints hints = new Hints(() -> now);

    private static ResourceKey key(int number) {
        return new ResourceKey("kubernetes", "local", "v1/ConfigMap", "dev", "c" + number);
    }

    @Test
    void whatCouldNotBeLookedAtIsTakenAgain() {
        hints.add("dev", key(1));
        hints.giveBack("dev", hints.take("dev"));
        assertThat(hints.take("dev")).isEqualTo(new Hints.Taken(false, Set.of(key(1))));
        hints.all("dev");
        hints.giveBack("dev", hints.take("dev"));
        assertThat(hints.take("dev").everything()).isTrue();
    }

    @Test
    void hintsAreTakenOnceAndByEnvironment() {
        hints.add("dev", key(1));
        hints.add("dev", key(1));
        hints.add("prod", key(2));

        assertThat(hints.take("dev").keys()).containsExactly(key(1));
        assertThat(hints.take("dev").keys()).isEmpty();
        assertThat(hints.take("prod").keys()).containsExactly(key(2));
    }

    @Test
    void tooManyAreOneHintToLookAtEverything() {
        for (int number = 0; number < 5_000; number++) {
            hints.add("dev", key(number));
        }
        Hints.Taken taken = hints.take("dev");
        assertThat(taken.everything()).isTrue();
        assertThat(taken.keys()).hasSizeLessThan(5_000);
        assertThat(hints.take("dev").everything()).isFalse();
    }

    @Test
    void aBurstTellsOnceUntilSomebodyLooks() {
        assertThat(hints.add("dev", key(1))).isTrue();
        assertThat(hints.add("dev", key(2))).isFalse();
        assertThat(hints.add("prod", key(3))).isTrue();
        hints.take("dev");
        assertThat(hints.add("dev", key(4))).isTrue();
    }

    @Test
    void whoeverWasToldAndDoesNotLookIsToldAgain() {
        assertThat(hints.add("dev", key(1))).isTrue();
        now += 2_000_000_000L;
        assertThat(hints.add("dev", key(1))).isTrue();
    }
}

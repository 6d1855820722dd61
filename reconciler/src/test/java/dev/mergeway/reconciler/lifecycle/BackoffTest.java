package dev.mergeway.reconciler.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    @ParameterizedTest
    @CsvSource({"0, 2000", "1, 2000", "2, 4000", "3, 8000", "7, 128000", "8, 256000", "9, 300000", "2147483647, 300000"
    })
    void doublesUpToTheMost(int failures, long millis) {
        assertThat(new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5), 0).after(failures, 0.5))
                .isEqualTo(Duration.ofMillis(millis));
    }

    @RepeatedTest(20)
    void staysWithinItsBoundsAndNeverShrinksWithFailures() {
        Random random = new Random();
        Duration first = Duration.ofMillis(1 + random.nextInt(10_000));
        Duration most = first.multipliedBy(1 + random.nextInt(10_000));
        Backoff backoff = new Backoff(first, most, random.nextDouble());
        double chance = random.nextDouble();
        Duration before = Duration.ZERO;
        for (int failures = 1; failures < 100; failures++) {
            Duration wait = backoff.after(failures, chance);
            assertThat(wait).isPositive().isLessThanOrEqualTo(most).isGreaterThanOrEqualTo(before);
            assertThat(wait.toMillis())
                    .isGreaterThanOrEqualTo((long) (Math.floor(first.toMillis() * (1 - backoff.jitter()))));
            assertThat(backoff.after(failures, 0)).isGreaterThanOrEqualTo(wait);
            before = wait;
        }
    }

    @Test
    void chanceOutOfRangeAndNonsenseAreRefusedOrClamped() {
        assertThat(Backoff.RUNS.after(1, -3)).isEqualTo(Duration.ofSeconds(2));
        assertThat(Backoff.RUNS.after(1, 7)).isEqualTo(Duration.ofMillis(1_400));
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.model.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiryTest {
    @ParameterizedTest
    @CsvSource({"7d, PT168H", "1w2d, PT216H", "12h30m, PT12H30M", "90s, PT1M30S", "2w, PT336H"})
    void spans(String text, Duration span) {
        assertThat(TimeSpan.of(text)).contains(span);
    }

    @ParameterizedTest
    @CsvSource({"''", "7", "d7", "2026-12-31", "7 days", "-7d"})
    void noSpans(String text) {
        assertThat(TimeSpan.of(text)).isEmpty();
    }

    @Test
    void theDayOfTheDateStillBelongsToIt() {
        assertThat(Expiry.date("2026-12-31")).contains(Instant.parse("2027-01-01T00:00:00Z"));
        assertThat(Expiry.date("2026-13-31")).isEmpty();
        assertThat(Expiry.date("7d")).isEmpty();
    }
}

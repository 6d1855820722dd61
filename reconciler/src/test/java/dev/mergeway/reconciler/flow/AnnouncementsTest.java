package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {
    private static final Instant NOW = Instant.EPOCH;

    private final Announcements announcements = new Announcements();

    @Test
    void theForgeIsAskedAgainUntilItKnowsWhatItAnnounced() {
        announcements.heard("shop", 7, "new", NOW);
        assertThat(announcements.lags("shop", 7, "", NOW)).as("not there yet").isTrue();
        assertThat(announcements.lags("shop", 7, "old", NOW))
                .as("not moved yet")
                .isTrue();
        assertThat(announcements.lags("shop", 7, "new", NOW)).isFalse();
        assertThat(announcements.lags("shop", 8, "", NOW)).as("never announced").isFalse();
        assertThat(announcements.lags("other", 7, "", NOW)).isFalse();
    }

    @Test
    void whatDoesNotComeIsForgotten() {
        announcements.heard("shop", 7, "gone", NOW);
        assertThat(announcements.lags(
                        "shop", 7, "old", NOW.plus(Announcements.LAG).minusMillis(1)))
                .isTrue();
        assertThat(announcements.lags("shop", 7, "old", NOW.plus(Announcements.LAG)))
                .isFalse();
        announcements.heard("shop", 7, "newer", NOW.plusSeconds(1));
        assertThat(announcements.lags("shop", 7, "newer", NOW.plusSeconds(1)))
                .as("the last one counts")
                .isFalse();
    }
}

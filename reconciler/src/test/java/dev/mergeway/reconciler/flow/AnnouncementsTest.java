package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {
    private static final Instant NOW = Instant.EPOCH;

    private final Announcements announcements = new Announcements();

    private Duration again(String repository, int number, String head, Duration after) {
        return announcements.reads(repository, number, head, NOW.plus(after)).orElse(Duration.ZERO);
    }

    @Test
    void theForgeIsAskedAgainUntilItKnowsWhatItAnnounced() {
        announcements.heard("shop", 7, "new", NOW);
        assertThat(again("shop", 7, "", Duration.ZERO)).as("not there yet").isEqualTo(Announcements.PAUSE);
        assertThat(again("shop", 7, "old", Duration.ZERO)).as("not moved yet").isEqualTo(Announcements.PAUSE);
        assertThat(again("shop", 7, "old", Duration.ofSeconds(5))).as("later").hasSeconds(5);
        assertThat(again("shop", 7, "new", Duration.ZERO)).isZero();
        assertThat(again("shop", 8, "", Duration.ZERO)).as("never announced").isZero();
        assertThat(again("other", 7, "", Duration.ZERO)).isZero();
    }

    @Test
    void whatDoesNotComeIsForgotten() {
        announcements.heard("shop", 7, "gone", NOW);
        assertThat(again("shop", 7, "old", Announcements.LAG.minusMillis(1))).isPositive();
        assertThat(again("shop", 7, "old", Announcements.LAG)).isZero();
        announcements.heard("shop", 7, "newer", NOW.plusSeconds(1));
        assertThat(again("shop", 7, "newer", Duration.ofSeconds(1)))
                .as("the last one counts")
                .isZero();
    }

    @Test
    void aReviewThatGoesOnKnowsTheHeadThatItReads() {
        announcements.begins("shop", 7);
        assertThat(announcements.heard("shop", 7, "new", NOW))
                .as("it is read after this")
                .isTrue();
        assertThat(announcements.isReviewed("shop", 7, "new", NOW)).isTrue();
        assertThat(announcements.isReviewed("shop", 7, "other", NOW)).isFalse();
        assertThat(again("shop", 7, "new", Duration.ZERO)).isZero();
        assertThat(announcements.heard("shop", 7, "new", NOW)).isTrue();
        assertThat(announcements.heard("shop", 7, "newer", NOW))
                .as("a later push")
                .isFalse();
        assertThat(announcements.heard("shop", 8, "new", NOW)).isFalse();
        announcements.ends("shop", 7);
        assertThat(announcements.heard("shop", 7, "new", NOW)).isFalse();
        assertThat(announcements.isReviewed("shop", 7, "new", NOW)).isFalse();
    }

    @Test
    void aReviewOfNothingKnowsNothing() {
        announcements.begins("shop", 7);
        assertThat(again("shop", 7, "", Duration.ZERO)).isZero();
        assertThat(announcements.heard("shop", 7, "new", NOW)).isFalse();
    }
}

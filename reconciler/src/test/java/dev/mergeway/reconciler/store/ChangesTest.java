package dev.mergeway.reconciler.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChangesTest {
    private final Changes changes = new Changes();

    @Test
    void tellsEverySubscriberFromThenOn() throws InterruptedException {
        changes.publish(new Change.Run("before"));
        try (Changes.Subscription one = changes.subscribe(2);
                Changes.Subscription two = changes.subscribe(2)) {
            changes.publish(new Change.Run("r1"));
            assertThat(one.next(Duration.ZERO)).contains(new Change.Run("r1"));
            assertThat(two.next(Duration.ZERO)).contains(new Change.Run("r1"));
            assertThat(one.next(Duration.ofMillis(1))).isEmpty();
        }
        assertThat(changes.subscribers()).isZero();
    }

    @Test
    void cutsOffASlowSubscriberAndTellsItSo() throws InterruptedException {
        try (Changes.Subscription slow = changes.subscribe(2);
                Changes.Subscription fast = changes.subscribe(5)) {
            for (int i = 0; i < 4; i++) {
                changes.publish(new Change.Run("r" + i));
            }
            assertThat(slow.lost()).isTrue();
            assertThat(slow.next(Duration.ZERO)).contains(new Change.Run("r0"));
            assertThat(slow.next(Duration.ZERO)).contains(new Change.Run("r1"));
            assertThat(slow.next(Duration.ZERO)).isEmpty();
            assertThat(fast.lost()).isFalse();
            assertThat(changes.subscribers()).isOne();
        }
    }
}

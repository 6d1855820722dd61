package dev.mergeway.reconciler.kubernetes;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutageTest {
    private final AtomicLong now = new AtomicLong();
    private final Outage outage = new Outage(now::get);

    @Test
    void whoeverAsksAMomentLaterNeedNotWaitAgain() {
        Unreachable down = new Unreachable("down", true, new IOException());
        assertThatCode(() -> outage.check(Patience.SHORT)).doesNotThrowAnyException();
        outage.met(down);
        assertThatThrownBy(() -> outage.check(Patience.SHORT)).isSameAs(down);
        assertThatCode(() -> outage.check(Patience.LONG))
                .as("an apply in the middle waits itself")
                .doesNotThrowAnyException();
        now.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThatCode(() -> outage.check(Patience.SHORT)).doesNotThrowAnyException();
    }

    @Test
    void whatDoesNotPassIsSaidByTheServerEachTime() {
        outage.met(new Unreachable("credentials", false, new IOException()));
        assertThatCode(() -> outage.check(Patience.SHORT)).doesNotThrowAnyException();
    }
}

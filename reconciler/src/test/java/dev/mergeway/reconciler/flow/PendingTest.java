package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.flow.Pending.Status;
import dev.mergeway.reconciler.flow.Pending.Subject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PendingTest {
    private static final Instant NOW = Instant.EPOCH;
    private static final Instant LATE = NOW.plus(Pending.DEADLINE);
    private static final Subject PULL = Subject.pull(Lab.SHOP, 7);

    private final Pending pending = new Pending();

    private static Status status(String commit, String line) {
        return new Status(commit, "page", line);
    }

    @Test
    void itIsSaidOnceForACommitAndALine() {
        assertThat(pending.begin(PULL, status("a", "planning"), NOW)).isTrue();
        assertThat(pending.begin(PULL, status("a", "planning"), NOW)).isFalse();
        assertThat(pending.begin(PULL, status("a", "the target is down"), NOW)).isTrue();
        assertThat(pending.begin(Subject.pull(Lab.SHOP, 8), status("a", "planning"), NOW))
                .isTrue();
        assertThat(pending.begin(PULL, status("b", "planning"), NOW))
                .as("a new head")
                .isTrue();
        pending.end(PULL);
        assertThat(pending.begin(PULL, status("b", "planning"), NOW)).isTrue();
    }

    @Test
    void afterItsDeadlineItIsOverAndStaysSo() {
        pending.begin(PULL, status("a", "planning"), NOW);
        pending.begin(PULL, status("a", "the target is down"), LATE.minus(Duration.ofSeconds(1)));
        assertThat(pending.over(LATE.minusMillis(1))).isEmpty();
        assertThat(pending.over(LATE)).hasSize(1).first().satisfies(over -> {
            assertThat(over.getKey()).isEqualTo(PULL);
            assertThat(over.getValue().line()).isEqualTo("the target is down");
        });
        assertThat(pending.over(LATE)).as("told once").isEmpty();
        assertThat(pending.begin(PULL, status("a", "planning"), LATE))
                .as("tried again")
                .isFalse();
        assertThat(pending.begin(PULL, status("b", "planning"), LATE))
                .as("a new head")
                .isTrue();
    }

    @Test
    void whatEndedIsNeverOver() {
        pending.begin(PULL, status("a", "planning"), NOW);
        pending.end(PULL);
        assertThat(pending.over(LATE)).isEmpty();
    }
}

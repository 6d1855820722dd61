package dev.mergeway.reconciler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.Problem;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RehearsalsTest {
    private static final Desired MAP =
            Wanted.one("dev", "{apiVersion: v1, kind: ConfigMap, metadata: {name: one, namespace: NS}, data: {a: x}}");
    private static final Desired SECRET =
            Wanted.one("dev", "{apiVersion: v1, kind: Secret, metadata: {name: one, namespace: NS}, data: {a: eA==}}");

    private long now;
    private final Rehearsals rehearsals = new Rehearsals(() -> now);

    private static Difference difference(Desired desired, @Nullable Problem refusal) {
        return new Difference(desired.key(), Action.CREATE, List.of(), "", List.of(), refusal);
    }

    @Test
    void servesOnePlanOfTheSameDesiredAndLiveObject() {
        Difference shown = rehearsals.keep(MAP, "hash", "7", difference(MAP, null));
        assertThat(rehearsals.take(MAP.key(), "hash", "7")).containsSame(shown);
        assertThat(rehearsals.take(MAP.key(), "hash", "7")).isEmpty();
        rehearsals.keep(MAP, "hash", "7", difference(MAP, null));
        assertThat(rehearsals.take(MAP.key(), "other", "7")).isEmpty();
        rehearsals.keep(MAP, "hash", "7", difference(MAP, null));
        assertThat(rehearsals.take(MAP.key(), "hash", "8")).isEmpty();
        rehearsals.keep(MAP, "hash", "7", difference(MAP, null));
        rehearsals.forget(MAP.key());
        assertThat(rehearsals.take(MAP.key(), "hash", "7")).isEmpty();
    }

    @Test
    void isForgottenAfterAWhile() {
        rehearsals.keep(MAP, "hash", Rehearsals.ABSENT, difference(MAP, null));
        now += Duration.ofMinutes(11).toNanos();
        assertThat(rehearsals.take(MAP.key(), "hash", Rehearsals.ABSENT)).isEmpty();
    }

    @Test
    void neitherRefusalsNorSecretsAreKept() {
        rehearsals.keep(MAP, "hash", "7", difference(MAP, Refusals.author("no", "")));
        rehearsals.keep(SECRET, "hash", "7", difference(SECRET, null));
        assertThat(rehearsals.take(MAP.key(), "hash", "7")).isEmpty();
        assertThat(rehearsals.take(SECRET.key(), "hash", "7")).isEmpty();
    }
}

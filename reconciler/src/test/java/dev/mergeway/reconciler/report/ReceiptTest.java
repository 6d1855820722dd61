package dev.mergeway.reconciler.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.resource.Outcome.Result;
import dev.mergeway.reconciler.resource.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReceiptTest {
    private static final Plan PLAN = Plans.plan(
            Plans.step(Action.CREATE, Plans.SERVICE, "checkout.yaml"),
            Plans.step(Action.CREATE, Plans.DEPLOYMENT, "checkout.yaml"));
    private static final Outcome SERVICE = Outcome.done(Plans.SERVICE, Result.CREATED);

    private static Applied applied(Outcome deployment, HealthState health, boolean ended) {
        return new Applied(
                PLAN,
                List.of(SERVICE, deployment),
                Map.of(Plans.SERVICE, HealthState.HEALTHY, Plans.DEPLOYMENT, health),
                "e".repeat(40),
                Duration.ofMillis(4_230),
                ended);
    }

    private static String receipt(Applied applied) {
        return Receipt.markdown(applied, Setting.NONE, 65_536);
    }

    @Test
    void saysWhatWasDoneHowItIsAndHowToUndoIt() {
        Applied applied = applied(Outcome.done(Plans.DEPLOYMENT, Result.CREATED), HealthState.HEALTHY, true);
        assertThat(receipt(applied))
                .startsWith(PlanComment.MARKER)
                .contains("### Applied\n", "2 created in 4.2 s, at commit `eeeeeeeeeeee`.")
                .contains("| `Deployment checkout` | `shop-dev` | created | Healthy |")
                .contains("reply `/mergeway rollback` or revert commit `eeeeeeeeeeee`");
        assertThat(PlanComment.facts(receipt(applied)).orElseThrow().state()).isEqualTo(Facts.State.APPLIED);
        assertThat(StatusLine.of(applied)).isEqualTo("Applied: 2 created in 4.2 s");
    }

    @Test
    void saysWhatFailedAndWhoseTurnItIs() {
        Problem problem = new Problem(Problem.Turn.PLATFORM, "The quota of pods is used up.", "", true);
        Applied applied = applied(Outcome.failed(Plans.DEPLOYMENT, problem), HealthState.HEALTHY, true);
        assertThat(receipt(applied))
                .contains("### Not all of it could be applied")
                .contains("- `Deployment checkout`: The quota of pods is used up. It is the platform team's turn.")
                .contains("| **failed** |");
        assertThat(StatusLine.of(applied))
                .isEqualTo("Not all of it could be applied: Deployment checkout: The quota of pods is used up.");
    }

    @Test
    void saysWhatItWaitsForAndWhatIsNotWell() {
        HealthState waiting = new HealthState(HealthState.Status.PROGRESSING, "0 of 1 ready");
        Outcome created = Outcome.done(Plans.DEPLOYMENT, Result.CREATED);
        assertThat(receipt(applied(created, waiting, false))).contains("### Applied, waiting until all is healthy");
        HealthState broken = new HealthState(HealthState.Status.DEGRADED, "the image can't be pulled");
        assertThat(StatusLine.of(applied(created, broken, true)))
                .isEqualTo("Applied, but not healthy: Deployment checkout: the image can't be pulled");
    }

    @Test
    void anEarlierReceiptSaysHowThingsAreNow() {
        Outcome created = Outcome.done(Plans.DEPLOYMENT, Result.CREATED);
        HealthState moving = new HealthState(HealthState.Status.PROGRESSING, "1 of 2 replicas are ready");
        String waiting = receipt(applied(created, moving, false));
        assertThat(EarlierReceipt.waits(waiting)).isTrue();

        EarlierReceipt healthy = EarlierReceipt.again(
                waiting,
                (title, environment) ->
                        environment.equals("`shop-dev`") ? Optional.of(HealthState.HEALTHY) : Optional.empty());
        assertThat(healthy.markdown()).isEqualTo(receipt(applied(created, HealthState.HEALTHY, true)));
        assertThat(EarlierReceipt.waits(healthy.markdown())).isFalse();
        assertThat(healthy.line()).isEqualTo("Applied");

        HealthState broken = new HealthState(HealthState.Status.DEGRADED, "crash | looping");
        EarlierReceipt unwell = EarlierReceipt.again(
                waiting,
                (title, environment) -> title.equals("`Deployment checkout`") ? Optional.of(broken) : Optional.empty());
        assertThat(unwell.markdown()).isEqualTo(receipt(applied(created, broken, true)));
        assertThat(unwell.line()).isEqualTo("Applied, but not healthy: Deployment checkout: crash | looping");
        assertThat(EarlierReceipt.waits(unwell.markdown())).isTrue();
        assertThat(EarlierReceipt.again(unwell.markdown(), (title, environment) -> Optional.of(HealthState.HEALTHY))
                        .markdown())
                .as("what was not well got well")
                .isEqualTo(receipt(applied(created, HealthState.HEALTHY, true)));

        assertThat(EarlierReceipt.again(waiting, (title, environment) -> Optional.of(moving))
                        .markdown())
                .contains("### Applied, waiting until all is healthy");
    }
}

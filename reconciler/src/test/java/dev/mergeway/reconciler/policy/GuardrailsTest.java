package dev.mergeway.reconciler.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.plan.PlanHash;
import dev.mergeway.reconciler.plan.PlanStep;
import dev.mergeway.reconciler.policy.Guardrail.Level;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.ResourceKey;
import dev.mergeway.schema.model.Severity;
import dev.mergeway.schema.model.Tier;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardrailsTest {
    private static Plan plan(int deletions, boolean stateful, List<Finding> findings) {
        List<PlanStep> steps = IntStream.range(0, deletions)
                .mapToObj(index -> new PlanStep(
                        Action.DELETE,
                        new ResourceKey("kubernetes", "local", "v1/ConfigMap", "dev", "c" + index),
                        "dev",
                        "dev/a.yaml",
                        1,
                        List.of(),
                        List.of(),
                        List.of(),
                        "",
                        stateful))
                .toList();
        return new Plan("shop", 1, "", "", "", List.of("dev"), findings, steps, PlanHash.of(List.of("dev"), steps));
    }

    private static Judgement judge(Plan plan, Tier tier, int managed, Guardrail... policies) {
        return Guardrails.judge(plan, Map.of("dev", tier), Map.of("dev", managed), List.of(policies), List.of());
    }

    /** More than 30 percent, and at least five, are many at once (product.md: a set share). */
    @ParameterizedTest
    @CsvSource({
        "4, 4, DEV, ready, none",
        "5, 100, DEV, ready, none",
        "30, 100, PROD, ready, none",
        "31, 100, DEV, ready, WARN",
        "31, 100, PROD, blocked, APPROVAL",
        "5, 5, PREVIEW, ready, WARN",
    })
    void manyDeletionsAtOnce(int deleted, int managed, Tier tier, String verdict, String level) {
        Judgement judgement = judge(plan(deleted, false, List.of()), tier, managed);
        assertThat(judgement.verdict().label()).isEqualTo(verdict);
        String found = judgement.guardrails().stream()
                .filter(rail -> rail.name().equals("deletion-budget"))
                .map(rail -> rail.level().name())
                .findFirst()
                .orElse("none");
        assertThat(found).isEqualTo(level);
    }

    @Test
    void whatHoldsDataBlocksUntilSomebodyApproves() {
        Plan plan = plan(1, true, List.of());
        assertThat(judge(plan, Tier.DEV, 10).verdict()).isEqualTo(Verdict.BLOCKED);
        assertThat(Guardrails.judge(plan, Map.of(), Map.of("dev", 10), List.of(), List.of("grace"))
                        .verdict())
                .isEqualTo(Verdict.READY);
    }

    @Test
    void noApprovalHelpsAgainstADenialOrAMistake() {
        Guardrail denial = new Guardrail("cap", Level.DENY, "too much");
        Judgement denied =
                Guardrails.judge(plan(0, false, List.of()), Map.of(), Map.of(), List.of(denial), List.of("grace"));
        assertThat(denied.verdict()).isEqualTo(Verdict.BLOCKED);
        assertThat(denied.guardrails().getFirst()).isEqualTo(denial);

        Finding mistake = new Finding(Severity.ERROR, "a.yaml", Position.START, "", "rule", "wrong", "");
        Judgement invalid =
                Guardrails.judge(plan(0, false, List.of(mistake)), Map.of(), Map.of(), List.of(), List.of("grace"));
        assertThat(invalid.verdict()).isEqualTo(Verdict.INVALID);
    }

    @Test
    void aWarningStopsNobody() {
        Guardrail warning = new Guardrail("two-copies", Level.WARN, "one copy is an outage");
        assertThat(judge(plan(0, false, List.of()), Tier.PROD, 0, warning).verdict())
                .isEqualTo(Verdict.READY);
    }

    @Test
    void aBudgetMayBeUsedUpButNotExceeded() {
        assertThat(Guardrails.budget("dev", 60, 60)).isEmpty();
        Guardrail rail = Guardrails.budget("dev", 60.4, 60).orElseThrow();
        assertThat(rail.level()).isEqualTo(Level.APPROVAL);
        assertThat(rail.message()).contains("dev would cost $60.40 a month", "budget is $60.00");
    }
}

package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.plan.PlanHash;
import dev.mergeway.reconciler.plan.PlanStep;
import dev.mergeway.reconciler.policy.Guardrail;
import dev.mergeway.reconciler.policy.Guardrail.Level;
import dev.mergeway.reconciler.policy.Judgement;
import dev.mergeway.reconciler.policy.Verdict;
import dev.mergeway.reconciler.report.PlanJson;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.schema.model.ResourceKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a release waits: every kind of step against what was shown, reviewed, and approved as this very plan. */
class HoldsTest {
    /** Held or not, by: action, stateful, shown in a pull request, reviewed by a second person, this plan approved. */
    @ParameterizedTest
    @CsvSource({
        "CREATE,    false, false, false, false, go",
        "UPDATE,    false, false, false, false, go",
        "UNCHANGED, true,  false, false, false, go",
        "DELETE,    false, true,  false, false, go",
        "DELETE,    false, false, false, false, held",
        "DELETE,    false, false, true,  false, held",
        "DELETE,    false, false, true,  true,  go",
        "REPLACE,   false, true,  false, false, go",
        "REPLACE,   false, false, true,  false, held",
        "DELETE,    true,  true,  false, false, held",
        "DELETE,    true,  true,  true,  false, go",
        "DELETE,    true,  false, true,  false, held",
        "DELETE,    true,  false, true,  true,  go",
    })
    void steps(Action action, boolean stateful, boolean shown, boolean reviewed, boolean agreed, String expected) {
        Plan plan = plan(step("db", action, stateful, stateful && action.destroys() ? List.of("approval") : List.of()));
        Holds holds = Holds.of(plan, judgement(), any -> shown, reviewed(reviewed, plan), agreed);
        assertThat(holds.isEmpty() ? "go" : "held").isEqualTo(expected);
    }

    @Test
    void aDenialHoldsEverythingButWhatStaysAsItIs() {
        Plan plan = plan(step("new", Action.CREATE, false, List.of()), step("old", Action.UNCHANGED, false, List.of()));
        Holds holds = Holds.of(
                plan, judgement(new Guardrail("cap", Level.DENY, "too much")), any -> true, reviewed(true, plan), true);
        assertThat(holds.reasons()).containsOnlyKeys(key("new"));
    }

    @Test
    void mistakesInOtherSpecsHoldNothing() {
        Plan plan = plan(step("new", Action.CREATE, false, List.of()));
        Guardrail invalid = new Guardrail("valid", Level.DENY, "One thing must be fixed first.");
        assertThat(Holds.of(plan, judgement(invalid), any -> true, Reviewed.NOTHING, false)
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aPolicyThatWantsAnApprovalHoldsUntilItIsGiven() {
        Plan plan = plan(step("new", Action.CREATE, false, List.of()));
        Guardrail approval = new Guardrail("four-eyes", Level.APPROVAL, "ask somebody");
        Reviewed reviewed = new Reviewed(Map.of(), Set.of(), Set.of(Reviewed.name(approval)));
        assertThat(held(plan, Reviewed.NOTHING, approval)).containsEntry(key("new"), "a policy wants an approval");
        assertThat(held(plan, reviewed, approval)).isEmpty();
        assertThat(held(plan, reviewed, new Guardrail("four-eyes", Level.APPROVAL, "ask somebody of another spec")))
                .isNotEmpty();
        assertThat(held(plan, reviewed, approval, new Guardrail("budget", Level.APPROVAL, "too dear")))
                .isNotEmpty();
    }

    @Test
    void takingOverWhatSomebodyElseOwnsIsHeldUnlessThatWasShownAndReviewed() {
        Plan plan = plan(step("theirs", Action.ADOPT, false, List.of("approval")));
        Plan before = plan(step("theirs", Action.CREATE, false, List.of()));
        Plan other = plan(step("theirs", Action.UPDATE, false, List.of("approval")));
        assertThat(held(plan, Reviewed.NOTHING)).isNotEmpty();
        assertThat(held(plan, reviewed(true, before))).isNotEmpty();
        assertThat(held(plan, reviewed(true, other))).isNotEmpty();
        assertThat(held(plan, reviewed(true, plan))).isEmpty();
    }

    @Test
    void muchAtOnceIsHeldUnlessExactlyThatWasShownAndReviewed() {
        Plan plan = plan(step("one", Action.DELETE, false, List.of()), step("two", Action.DELETE, false, List.of()));
        Guardrail wholesale = new Guardrail("deletion-budget", Level.APPROVAL, "2 of 3");
        Reviewed one = new Reviewed(Map.of(), Set.of(key("one")), Set.of("deletion-budget"));
        assertThat(held(plan, Reviewed.NOTHING, wholesale)).hasSize(2);
        assertThat(held(plan, one, wholesale)).containsOnlyKeys(key("two"));
    }

    private static Map<ResourceKey, String> held(Plan plan, Reviewed reviewed, Guardrail... guardrails) {
        return Holds.of(plan, judgement(guardrails), any -> true, reviewed, false)
                .reasons();
    }

    /** As a plan is read back that was shown; what holds data is then shown to require an approval. */
    private static Reviewed reviewed(boolean reviewed, Plan shown) {
        return reviewed ? Reviewed.of(PlanJson.write(shown, Verdict.BLOCKED), List.of()) : Reviewed.NOTHING;
    }

    private static Judgement judgement(Guardrail... guardrails) {
        return new Judgement(Verdict.READY, Arrays.asList(guardrails), List.of());
    }

    private static ResourceKey key(String name) {
        return new ResourceKey("kubernetes", "local", "v1/ConfigMap", "dev", name);
    }

    private static PlanStep step(String name, Action action, boolean stateful, List<String> requires) {
        return new PlanStep(action, key(name), "dev", "dev/a.yaml", 1, List.of(), requires, List.of(), "", stateful);
    }

    private static Plan plan(PlanStep... steps) {
        List<PlanStep> all = Arrays.asList(steps);
        return new Plan("shop", 1, "", "", "", List.of("dev"), List.of(), all, PlanHash.of(List.of("dev"), all));
    }
}

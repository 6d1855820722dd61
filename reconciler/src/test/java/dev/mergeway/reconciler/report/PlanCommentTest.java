package dev.mergeway.reconciler.report;

import static dev.mergeway.reconciler.report.Plans.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.plan.PlanHash;
import dev.mergeway.reconciler.plan.PlanStep;
import dev.mergeway.reconciler.policy.Judgement;
import dev.mergeway.reconciler.policy.Verdict;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.FieldChange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanCommentTest {
    private static final int LIMIT = 65_536;

    private static String comment(Plan plan, Judgement judgement) {
        return PlanComment.plan(
                plan, judgement, new Setting("https://mergeway.example.com/pulls/shop/12", 14.0, null), LIMIT);
    }

    @Test
    void beginsWithTheConsequencesInPlainWords() {
        String comment = comment(Plans.usual(), Plans.READY);
        assertThat(comment)
                .startsWith(PlanComment.MARKER + "\n")
                .contains("### Ready to merge\n")
                .contains("Merging this restarts `cart` in `shop-dev` once; creates `checkout` in `shop-dev`;"
                        + " nothing is deleted; +\\$14 a month.")
                .contains("| 2 | 1 | 0 | 0 | 1 |")
                .contains("| create | `Deployment checkout` | `shop-dev` | `checkout.yaml:3` |")
                .contains(
                        "- spec.template.spec.containers[0].image: cart:1\n+ spec.template.spec.containers[0].image: cart:2\n")
                .contains("! data.password: (hidden)")
                .contains("n0[\"Service checkout - create\"]:::create")
                .contains("n0 --> n1")
                .contains("Plan `" + Plans.usual().hash() + "` of commit `aaaaaaaaaaaa`")
                .contains("revert");
        assertThat(comment.indexOf("Merging this")).isLessThan(comment.indexOf("| resource |"));
        assertThat(comment(Plans.usual(), Plans.READY)).as("the same bytes").isEqualTo(comment);
    }

    @Test
    void whatLosesDataComesFirstAndInBold() {
        Plan plan = Plans.plan(
                step(Action.CREATE, Plans.SERVICE, "checkout.yaml"), step(Action.DELETE, Plans.CLAIM, "db.yaml"));
        assertThat(comment(plan, Plans.blocked("A second person has to approve it.")))
                .contains("### Blocked by `stateful`\n")
                .contains("Merging this **deletes `db-data` (`PersistentVolumeClaim`) in `shop-dev` and the data in it,"
                        + " which no revert brings back**; **deletes `db-data` from `shop-dev`**; creates")
                .doesNotContain("nothing is deleted")
                .contains("- **needs an approval** by `stateful`: A second person has to approve it.")
                .contains("- passed: `quota`");
    }

    @Test
    void anEnvironmentGoesWithEverythingInIt() {
        var namespace = Plans.key("v1/Namespace", "shop-dev");
        var quota = Plans.key("v1/ResourceQuota", "q");
        assertThat(comment(
                        Plans.plan(step(Action.CREATE, namespace, "env.yaml"), step(Action.CREATE, quota, "env.yaml")),
                        Plans.READY))
                .contains("Merging this creates the environment `shop-dev`; nothing is deleted");
        assertThat(comment(
                        Plans.plan(step(Action.DELETE, quota, "env.yaml"), step(Action.DELETE, namespace, "env.yaml")),
                        Plans.READY))
                .contains("Merging this **deletes the environment `shop-dev` with everything in it**;");
        assertThat(comment(
                        Plans.plan(step(Action.DELETE, Plans.SERVICE, ""), step(Action.DELETE, quota, "")),
                        Plans.READY))
                .contains("Merging this **deletes `q` and 1 more from `shop-dev`**;");
    }

    @Test
    void anotherNamespaceThatGoesIsNotTheEnvironment() {
        var tools = Plans.key("v1/Namespace", "shop-dev-tools");
        assertThat(comment(Plans.plan(step(Action.DELETE, tools, "tools.yaml")), Plans.READY))
                .contains("Merging this **deletes `shop-dev-tools` from `shop-dev`**;");
    }

    @Test
    void aPlanThatIsNotValidSaysWhereAndHow() {
        Plan plan = Plans.plan(List.of(Plans.finding("'main' has no field 'imag'.")), List.of());
        assertThat(comment(plan, new Judgement(Verdict.INVALID, List.of(), List.of())))
                .contains("### Not valid yet: 1 thing to put right")
                .contains("- **error** `cart.yaml:7:5`: 'main' has no field 'imag'. Did you mean 'image'?")
                .doesNotContain("Nothing changes");
    }

    @Test
    void nothingToChangeIsSaid() {
        Plan plan = Plans.plan(step(Action.UNCHANGED, Plans.SERVICE, "checkout.yaml"));
        assertThat(comment(plan, Plans.READY)).contains("### Nothing to change", "Nothing changes: ");
    }

    @Test
    void aRevertSaysWhatItRestoresAndWhatNoRevertBringsBack() {
        Plan plan = Plans.plan(
                step(Action.CREATE, Plans.SERVICE, "checkout.yaml"), step(Action.CREATE, Plans.CLAIM, "db.yaml"));
        Setting setting = new Setting("", null, new Setting.Reverted(11, "d".repeat(40), "Remove checkout"));
        assertThat(PlanComment.plan(plan, Plans.READY, setting, LIMIT))
                .contains("This takes back pull request 11 `Remove checkout`. It restores `Service checkout`.")
                .contains("**`PersistentVolumeClaim db-data` comes back empty: no revert brings back the data");
    }

    @Test
    void whereNobodyCanCommentItSaysWhatStandsForACommand() {
        Plan plan = Plans.plan(step(Action.DELETE, Plans.CLAIM, "db.yaml"));
        String tag = "git push origin drop:refs/tags/mergeway/approve/7/YOUR-NAME";
        Setting setting = new Setting("", null, null, tag);
        assertThat(PlanComment.plan(plan, Plans.blocked("x"), setting, LIMIT))
                .contains("push a tag instead", "```sh\n" + tag + "\n```");
        assertThat(PlanComment.held(plan, Plans.blocked("x"), List.of(), setting, LIMIT))
                .contains(tag);
        assertThat(comment(plan, Plans.blocked("x"))).doesNotContain("a tag");
    }

    @Test
    void theFactsAreReadBackFromItsFirstLinesAlone() {
        Plan plan = Plans.plan(step(Action.DELETE, Plans.CLAIM, "db.yaml"));
        String comment = comment(plan, Plans.blocked("x"));
        Facts facts =
                new Facts(Facts.State.PLAN, plan.hash(), "a".repeat(40), PlanHash.ofDestroyed(plan.steps()), "blocked");
        assertThat(PlanComment.facts(comment)).contains(facts);
        assertThat(PlanComment.facts(comment.replace("\n", "\r\n"))).contains(facts);
        assertThat(PlanComment.facts("Hello\n" + comment)).isEmpty();
        assertThat(PlanComment.facts(PlanComment.MARKER + "\nhello\n" + comment))
                .isEmpty();
    }

    @Test
    void whatIsHeldSaysWhatMovedAndHowToGoOn() {
        PlanStep deletion = step(Action.DELETE, Plans.CLAIM, "db.yaml");
        Plan plan = Plans.plan(deletion);
        assertThat(PlanComment.held(plan, Plans.blocked("It was not shown."), List.of(deletion), Setting.NONE, LIMIT))
                .contains("### Held after the merge", "Waiting: **delete `PersistentVolumeClaim db-data`")
                .contains("`/mergeway approve`");
    }

    @Test
    void tooLongLeavesOutWholeResourcesAndSaysWhich() {
        PlanStep[] steps = new PlanStep[60];
        for (int index = 0; index < steps.length; index++) {
            steps[index] = step(
                    Action.CREATE,
                    Plans.key("v1/ConfigMap", "settings-" + index),
                    "s" + index + ".yaml",
                    new FieldChange("/data", null, Map.of("key", "value ".repeat(30 + index)), false));
        }
        String whole = comment(Plans.plan(steps), Plans.READY);
        String cut = PlanComment.plan(
                Plans.plan(steps),
                Plans.READY,
                new Setting("https://mergeway.example.com/pulls/shop/12", null, null),
                16_000);
        assertThat(whole).doesNotContain("left out");
        assertThat(cut)
                .hasSizeLessThanOrEqualTo(16_000)
                .contains("left out here for length: `ConfigMap settings-")
                .contains("See [all of it](https://mergeway.example.com/pulls/shop/12)")
                .contains("Merging this creates `settings-0` in `shop-dev`", "| 60 | 0 | 0 | 0 | 0 |", "Plan `");
        assertThat(cut.split("```", -1).length % 2).as("no fence is left open").isEqualTo(1);
    }
}

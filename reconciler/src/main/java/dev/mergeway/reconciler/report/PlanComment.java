package dev.mergeway.reconciler.report;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.plan.PlanStep;
import dev.mergeway.reconciler.policy.Guardrail;
import dev.mergeway.reconciler.policy.Judgement;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Few;
import dev.mergeway.schema.model.Finding;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The one comment of a pull request while it is open, and when its release is held. The same inputs give the same bytes. */
public final class PlanComment {
    /** Hidden in every comment of ours; by it the one of a pull request is found again. */
    public static final String MARKER = "<!-- mergeway:plan -->";

    private PlanComment() {}

    /**
     * What merging would do.
     *
     * @param limit characters that the comment may have at most; the summary needs up to 6,000
     */
    public static String plan(Plan plan, Judgement judgement, Setting setting, int limit) {
        Page page = new Page(setting.page());
        page.always(Facts.of(Facts.State.PLAN, plan, judgement.verdict()).lines());
        page.always(heading(plan, judgement));
        setting.reverted().ifPresent(reverted -> page.always(reverts(plan, reverted)));
        if (!plan.steps().isEmpty() || plan.findings().stream().noneMatch(Finding::isError)) {
            page.always(Blocks.consequences("Merging this", plan, setting) + Blocks.counts(plan.summary()));
        }
        Blocks.findings(page, plan.findings());
        Blocks.guardrails(page, judgement.guardrails());
        page.always(approved(judgement));
        Blocks.changes(page, plan);
        Blocks.details(page, plan);
        Blocks.graph(page, plan);
        return page.always(footer(plan) + setting.commanding()).markdown(limit);
    }

    private static String heading(Plan plan, Judgement judgement) {
        return switch (judgement.verdict()) {
            case READY -> plan.changesNothing() ? "### Nothing to change\n\n" : "### Ready to merge\n\n";
            case BLOCKED -> "### Blocked" + blockedBy(judgement) + "\n\n";
            case INVALID -> {
                long errors = plan.findings().stream().filter(Finding::isError).count();
                yield "### Not valid yet: " + errors + (errors == 1 ? " thing" : " things") + " to put right\n\n";
            }
        };
    }

    private static String blockedBy(Judgement judgement) {
        List<String> names = judgement.guardrails().stream()
                .filter(guardrail -> guardrail.level().compareTo(Guardrail.Level.APPROVAL) >= 0)
                .map(guardrail -> Safe.code(guardrail.name()))
                .distinct()
                .limit(3)
                .toList();
        return names.isEmpty() ? "" : " by " + String.join(", ", names);
    }

    private static String approved(Judgement judgement) {
        if (judgement.approvers().isEmpty()) {
            return "";
        }
        List<String> names = judgement.approvers().stream().map(Safe::code).toList();
        return "Approved by " + Few.of(5, names) + ".\n\n";
    }

    private static String reverts(Plan plan, Setting.Reverted reverted) {
        String what =
                reverted.pull() > 0 ? "pull request " + reverted.pull() : "commit " + Blocks.commit(reverted.commit());
        String title = reverted.title().isEmpty() ? "" : " " + Safe.code(reverted.title());
        List<String> back = names(plan, step -> step.action() == Action.CREATE && !step.stateful());
        List<String> empty = names(plan, step -> step.action() == Action.CREATE && step.stateful());
        StringBuilder text =
                new StringBuilder("This takes back ").append(what).append(title).append('.');
        if (!back.isEmpty()) {
            text.append(" It restores ").append(String.join(", ", back)).append('.');
        }
        if (!empty.isEmpty()) {
            text.append(" **")
                    .append(String.join(", ", empty))
                    .append(empty.size() == 1 ? " comes" : " come")
                    .append(" back empty: ");
            text.append("no revert brings back the data that was in them.**");
        }
        return text.append("\n\n").toString();
    }

    private static List<String> names(Plan plan, Predicate<PlanStep> which) {
        List<String> names = plan.steps().stream()
                .filter(which)
                .map(step -> Safe.code(Blocks.title(step.resource())))
                .toList();
        return names.size() <= 5
                ? names
                : Stream.concat(names.stream().limit(5), Stream.of((names.size() - 5) + " more"))
                        .toList();
    }

    private static String footer(Plan plan) {
        return "Plan " + Safe.code(plan.hash()) + " of commit " + Blocks.commit(plan.head())
                + ". To undo it after the merge, revert the merge: the revert gets a plan of its own. `/mergeway help`"
                + " says what else there is.\n";
    }

    /**
     * A release that waits for somebody: after the merge it would do more than was shown.
     *
     * @param plan the plan as made again after the merge
     * @param judgement why it is held
     * @param unseen what it deletes or replaces and was not shown
     * @param limit as for {@link #plan}
     */
    public static String held(Plan plan, Judgement judgement, List<PlanStep> unseen, Setting setting, int limit) {
        Page page = new Page(setting.page());
        page.always(Facts.of(Facts.State.HELD, plan, judgement.verdict()).lines());
        page.always("### Held after the merge\n\n");
        if (!unseen.isEmpty()) {
            List<String> names = unseen.stream()
                    .map(step -> step.action().label() + " " + Safe.code(Blocks.title(step.resource())) + " in "
                            + Safe.code(step.environment()))
                    .toList();
            page.always("Waiting: **" + Few.of(10, names) + "**. Everything else is applied.\n\n");
        }
        if (plan.findings().stream().anyMatch(Finding::isError)) {
            page.always(
                    "Something is wrong in the specs, as said below: put it right by another pull request, or revert"
                            + " the merge. Only if what waits is right all the same, somebody who may approve replies"
                            + " `/mergeway approve`.\n\n");
        } else {
            page.always("If that is right, somebody who may approve replies `/mergeway approve`; if not, revert the"
                    + " merge.\n\n");
        }
        page.always(Blocks.consequences("Going on", plan, setting) + Blocks.counts(plan.summary()));
        Blocks.findings(page, plan.findings());
        Blocks.guardrails(page, judgement.guardrails());
        Blocks.changes(page, plan);
        Blocks.details(page, plan);
        Blocks.graph(page, plan);
        return page.always(footer(plan) + setting.commanding()).markdown(limit);
    }

    /** What a comment of ours says to programs; empty where it is none of ours. */
    public static Optional<Facts> facts(String markdown) {
        return Facts.read(markdown);
    }
}

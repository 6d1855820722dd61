package dev.mergeway.reconciler.policy;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.plan.PlanStep;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Few;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Tier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The guardrails that are always on (product.md), and the verdict over them and the platform's own policies. Pure. */
public final class Guardrails {
    /** More than this share of an environment's resources deleted at once is held where it was not shown. */
    static final double DELETION_SHARE = 0.3;

    /** Fewer deletions than this are never too many at once: removing a small spec from a small environment is normal. */
    static final int FEW_DELETIONS = 5;

    /** The name of the guardrail over how much is deleted at once. */
    public static final String DELETIONS = "deletion-budget";

    /** The name of the guardrail over what an environment costs. */
    public static final String BUDGET = "budget";

    /** The name of the guardrail that no blueprint or policy of the platform is broken. */
    public static final String PLATFORM = "platform";

    private Guardrails() {}

    /**
     * Denies everything while a blueprint or policy is broken: nobody can tell what it would have made, or denied.
     *
     * @param findings what is wrong with blueprints and policies
     * @return the guardrail where one of them is an error
     */
    public static Optional<Guardrail> platform(List<Finding> findings) {
        return findings.stream()
                .filter(Finding::isError)
                .findFirst()
                .map(finding -> new Guardrail(
                        PLATFORM,
                        Guardrail.Level.DENY,
                        finding.file() + ":" + finding.position().line() + ": " + finding.sentences()));
    }

    /**
     * Judges a plan.
     *
     * @param plan the plan
     * @param tiers the strictest tier that each environment is in or was in before, by name, as far as it is known
     * @param managed how many resources each environment has now, by name
     * @param policies what the platform's own policies said
     * @param approvers who approved this plan, without its author
     */
    public static Judgement judge(
            Plan plan,
            Map<String, Tier> tiers,
            Map<String, Integer> managed,
            List<Guardrail> policies,
            List<String> approvers) {
        List<Guardrail> guardrails = new ArrayList<>(policies);
        findings(plan, guardrails);
        stateful(plan, guardrails);
        takeovers(plan, guardrails);
        deletions(plan, tiers, managed, guardrails);
        guardrails.sort(Comparator.comparing(Guardrail::level).reversed().thenComparing(Guardrail::name));
        List<String> sorted = approvers.stream().sorted().distinct().toList();
        return new Judgement(verdict(plan, guardrails, sorted), guardrails, sorted);
    }

    private static Verdict verdict(Plan plan, List<Guardrail> guardrails, List<String> approvers) {
        if (plan.findings().stream().anyMatch(Finding::isError)) {
            return Verdict.INVALID;
        }
        boolean denied = guardrails.stream().anyMatch(rail -> rail.level() == Guardrail.Level.DENY);
        boolean held = guardrails.stream().anyMatch(rail -> rail.level() == Guardrail.Level.APPROVAL);
        return denied || (held && approvers.isEmpty()) ? Verdict.BLOCKED : Verdict.READY;
    }

    private static void findings(Plan plan, List<Guardrail> guardrails) {
        long errors = plan.findings().stream().filter(Finding::isError).count();
        guardrails.add(
                errors == 0
                        ? new Guardrail("valid", Guardrail.Level.PASS, "All specs are valid.")
                        : new Guardrail(
                                "valid",
                                Guardrail.Level.DENY,
                                errors == 1
                                        ? "One thing must be fixed first."
                                        : errors + " things must be fixed first."));
    }

    private static void stateful(Plan plan, List<Guardrail> guardrails) {
        List<PlanStep> steps = plan.steps().stream()
                .filter(step -> step.stateful() && step.action().destroys())
                .toList();
        if (!steps.isEmpty()) {
            guardrails.add(new Guardrail(
                    "stateful",
                    Guardrail.Level.APPROVAL,
                    "This destroys data: " + names(steps) + ". A second person must approve it."));
        }
    }

    private static void takeovers(Plan plan, List<Guardrail> guardrails) {
        List<PlanStep> steps = plan.steps().stream()
                .filter(step -> !step.action().destroys() && step.requires().contains("approval"))
                .toList();
        if (!steps.isEmpty()) {
            guardrails.add(new Guardrail(
                    "ownership",
                    Guardrail.Level.APPROVAL,
                    "Somebody else owns (parts of) " + names(steps)
                            + ". A second person must approve taking it over."));
        }
    }

    private static void deletions(
            Plan plan, Map<String, Tier> tiers, Map<String, Integer> managed, List<Guardrail> guardrails) {
        Map<String, Integer> deleted = new TreeMap<>();
        plan.steps().stream()
                .filter(step -> step.action() == Action.DELETE)
                .forEach(step -> deleted.merge(step.environment(), 1, Integer::sum));
        deleted.forEach((name, count) -> {
            if (!tooMany(count, managed.getOrDefault(name, 0))) {
                return;
            }
            boolean prod = tiers.get(name) == Tier.PROD;
            String of = count + " of the " + managed.getOrDefault(name, 0) + " resources of " + name;
            guardrails.add(new Guardrail(
                    DELETIONS,
                    prod ? Guardrail.Level.APPROVAL : Guardrail.Level.WARN,
                    prod
                            ? "This deletes " + of + " at once. In tier prod a second person must approve that."
                            : "This deletes " + of + " at once. Is that what you want?"));
        });
    }

    /**
     * What an environment costs against the budget that it declares.
     *
     * @param environment its name
     * @param cost what all of it would cost a month, in US dollars
     * @param budget what it may cost a month, in US dollars
     * @return the guardrail where it would cost more
     */
    public static Optional<Guardrail> budget(String environment, double cost, double budget) {
        return cost <= budget
                ? Optional.empty()
                : Optional.of(new Guardrail(
                        BUDGET,
                        Guardrail.Level.APPROVAL,
                        String.format(
                                Locale.ROOT,
                                "%s would cost $%.2f a month in all; its budget is $%.2f. Ask for less, raise the budget"
                                        + " in its declaration, or have a second person approve it.",
                                environment,
                                cost,
                                budget)));
    }

    /**
     * That there are reviews, and of something else.
     *
     * @param users who approved before this plan was shown
     */
    public static Guardrail early(List<String> users) {
        return new Guardrail(
                "reviews",
                Guardrail.Level.WARN,
                "The approval of " + String.join(", ", users.subList(0, Math.min(5, users.size())))
                        + " was given before this plan was shown, so it does not cover it: approve again, in a review or"
                        + " by the comment /mergeway approve.");
    }

    /**
     * That an environment is asked for until a day that is past.
     *
     * @param environment its name
     * @param day the day, as it is written
     */
    public static Guardrail expired(String environment, String day) {
        return new Guardrail(
                "expiry",
                Guardrail.Level.WARN,
                "The time of " + environment + " was up on " + day
                        + ", so that a pull request which removes it is opened: to"
                        + " keep it, write a later date or a span of time into expires.");
    }

    /** Whether so many deletions at once are held unless exactly these were shown. */
    public static boolean tooMany(int deleted, int managed) {
        return deleted >= FEW_DELETIONS && deleted > managed * DELETION_SHARE;
    }

    private static String names(List<PlanStep> steps) {
        List<String> names = steps.stream()
                .map(step -> step.resource().kind() + " " + step.resource().name() + " in " + step.environment())
                .toList();
        return Few.of(5, names);
    }
}

package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.plan.PlanHash;
import dev.mergeway.reconciler.plan.PlanStep;
import dev.mergeway.reconciler.policy.Guardrail;
import dev.mergeway.reconciler.policy.Guardrails;
import dev.mergeway.reconciler.policy.Judgement;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.report.Facts;
import dev.mergeway.reconciler.report.PlanReading;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.run.PullState;
import dev.mergeway.reconciler.run.RepositoryInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers what a judgement needs: policies of the base branch, counts, approvals; and has it judged. */
final class Judging {
    /** What stands before the hash of a plan whose guardrails want an approval, where these are noted. */
    private static final String WANTS = "wants:";

    private final World world;
    private final Memory memory;
    private final Approvers approvers;
    private final Owners owners;
    private final Authors authors;

    Judging(World world, Memory memory) {
        this.world = world;
        this.memory = memory;
        this.approvers = new Approvers(world, memory);
        this.owners = new Owners(world, memory);
        this.authors = new Authors(world, memory);
    }

    /** Judges the plan of a pull request. Approvals are those of other people, of this very plan. */
    Judgement review(Draft draft, RepositoryInfo info, PullRequest pull) throws RepositoryException, ForgeException {
        List<String> approvers =
                new ArrayList<>(this.approvers.of(info, pull, draft.plan().hash()));
        approvers.addAll(memory.ledger()
                .approvals(info.name(), pull.number(), draft.plan().hash()));
        List<Guardrail> said = new ArrayList<>(draft.judged(pull.author()));
        owners.of(info, pull, draft.plan()).ifPresent(said::add);
        draft.environments()
                .values()
                .forEach(environment -> Expiry.day(environment)
                        .filter(over -> !over.isAfter(memory.clock().now()))
                        .ifPresent(any -> said.add(Guardrails.expired(
                                environment.name(),
                                String.valueOf(environment.spec().body().get("expires"))))));
        Judgement judgement = judge(draft, approvers, said);
        boolean waits = approvers.isEmpty()
                && judgement.guardrails().stream().anyMatch(rail -> rail.level() == Guardrail.Level.APPROVAL);
        List<String> early =
                waits ? this.approvers.early(info, pull, draft.plan().hash()) : List.of();
        if (early.isEmpty()) {
            return judgement;
        }
        said.add(Guardrails.early(early));
        return judge(draft, approvers, said);
    }

    /** Judges a plan that nobody is known to have proposed or approved. */
    Judgement unapproved(Draft draft) {
        return judge(draft, List.of(), draft.judged(""));
    }

    /** Judges the plan of a release. It is approved where every pull request in it is. */
    Judgement release(Draft draft, List<Merged> merged) throws ForgeException {
        List<String> agreed = agreed(draft, merged);
        if (!agreed.isEmpty()) {
            return judge(draft, agreed, draft.judged(author(merged)));
        }
        List<String> approvers = new ArrayList<>();
        boolean all = true;
        for (Merged each : merged) {
            for (PullRequest pull : each.inOrder()) {
                List<String> theirs = this.approvers.ofShown(each.repository(), pull);
                all &= !theirs.isEmpty();
                approvers.addAll(theirs);
            }
        }
        return judge(draft, all ? approvers : List.of(), draft.judged(author(merged)));
    }

    /** Notes which guardrails want an approval of a plan that is about to be shown. */
    void shows(RepositoryInfo info, PullRequest pull, Plan plan, Judgement judgement) {
        judgement.guardrails().stream()
                .filter(rail -> rail.level() == Guardrail.Level.APPROVAL)
                .forEach(rail ->
                        memory.ledger().approve(info.name(), pull.number(), WANTS + plan.hash(), Reviewed.name(rail)));
    }

    /** What reviews cover of the plan of a release: what the pull requests that came in asked an approval for, and got. */
    Reviewed reviewed(Draft draft, List<Merged> merged) throws ForgeException {
        Reviewed reviewed = Reviewed.NOTHING;
        for (Merged each : merged) {
            for (PullRequest pull : each.inOrder()) {
                if (!approvers.ofShown(each.repository(), pull).isEmpty()) {
                    reviewed = reviewed.and(shown(each.repository(), pull, draft.plan()));
                }
            }
        }
        return reviewed;
    }

    private Reviewed shown(RepositoryInfo info, PullRequest pull, Plan plan) throws ForgeException {
        Optional<String> known = memory.ledger()
                .pull(info.name(), pull.number())
                .filter(state -> state.head().equals(pull.head()))
                .map(PullState::plan)
                .filter(json -> !json.isEmpty());
        if (known.isPresent()) {
            String wants = WANTS + PlanReading.hash(known.get());
            return Reviewed.of(known.get(), memory.ledger().approvals(info.name(), pull.number(), wants));
        }
        // Of a database that is lost, the comment knows no more than whether the plan is the same.
        return world.said(info, pull.number())
                .filter(facts ->
                        facts.state() == Facts.State.PLAN && facts.head().equals(pull.head()))
                .map(facts -> Reviewed.of(
                        plan,
                        step -> facts.hash().equals(plan.hash())
                                || (step.action().destroys()
                                        && facts.destroyed().equals(PlanHash.ofDestroyed(plan.steps())))))
                .orElse(Reviewed.NOTHING);
    }

    private static String author(List<Merged> merged) {
        return merged.stream()
                .flatMap(each -> each.inOrder().stream())
                .map(PullRequest::author)
                .reduce("", (first, last) -> last);
    }

    /** Who approved the very plan of a release, having been shown it, and brought in none of it. */
    List<String> agreed(Draft draft, List<Merged> merged) throws ForgeException {
        List<String> agreed = new ArrayList<>();
        for (Merged each : merged) {
            for (PullRequest pull : each.inOrder()) {
                agreed.addAll(memory.ledger()
                        .approvals(
                                each.repository().name(),
                                pull.number(),
                                draft.plan().hash()));
            }
        }
        for (Merged each : agreed.isEmpty() ? List.<Merged>of() : merged) {
            for (PullRequest pull : each.inOrder()) {
                agreed.removeAll(authors.of(each.repository(), pull));
            }
        }
        return agreed;
    }

    private Judgement judge(Draft draft, List<String> approvers, List<Guardrail> said) {
        Map<String, Integer> managed = new HashMap<>();
        draft.plan().steps().stream()
                .filter(step -> step.action() == Action.DELETE)
                .map(PlanStep::environment)
                .distinct()
                .forEach(name -> managed.put(name, memory.ledger().count(name)));
        return Guardrails.judge(draft.plan(), draft.tiers(), managed, said, approvers);
    }
}

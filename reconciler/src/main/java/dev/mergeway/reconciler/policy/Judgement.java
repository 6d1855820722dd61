package dev.mergeway.reconciler.policy;

import java.util.List;

/**
 * A plan judged.
 *
 * @param verdict whether it may go ahead
 * @param guardrails what each said, those that stop it first
 * @param approvers who approved this very plan, sorted; empty for nobody
 */
public record Judgement(Verdict verdict, List<Guardrail> guardrails, List<String> approvers) {
    public Judgement {
        guardrails = List.copyOf(guardrails);
        approvers = List.copyOf(approvers);
    }
}

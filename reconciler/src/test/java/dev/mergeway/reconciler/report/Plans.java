package dev.mergeway.reconciler.report;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.plan.PlanHash;
import dev.mergeway.reconciler.plan.PlanStep;
import dev.mergeway.reconciler.policy.Guardrail;
import dev.mergeway.reconciler.policy.Judgement;
import dev.mergeway.reconciler.policy.Verdict;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.FieldChange;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.ResourceKey;
import dev.mergeway.schema.model.Severity;
import java.util.List;
import java.util.Map;

/** Plans to report about. */
final class Plans {
    static final ResourceKey DEPLOYMENT = key("apps/v1/Deployment", "checkout");
    static final ResourceKey SERVICE = key("v1/Service", "checkout");
    static final ResourceKey CLAIM = key("v1/PersistentVolumeClaim", "db-data");
    static final Judgement READY = new Judgement(Verdict.READY, List.of(), List.of());

    private Plans() {}

    static ResourceKey key(String type, String name) {
        return new ResourceKey("kubernetes", "dev", type, "shop-dev", name);
    }

    static PlanStep step(Action action, ResourceKey key, String file, FieldChange... fields) {
        boolean stateful = key.kind().equals("PersistentVolumeClaim");
        List<String> requires = stateful && action.destroys() ? List.of("approval") : List.of();
        List<ResourceKey> dependsOn = key.equals(DEPLOYMENT) ? List.of(SERVICE) : List.of();
        return new PlanStep(
                action,
                key,
                "shop-dev",
                file,
                file.isEmpty() ? 0 : 3,
                List.of(fields),
                requires,
                dependsOn,
                "",
                stateful);
    }

    static Plan plan(PlanStep... steps) {
        return plan(List.of(), List.of(steps));
    }

    static Plan plan(List<Finding> findings, List<PlanStep> steps) {
        String hash = PlanHash.of(List.of("shop-dev"), steps);
        return new Plan(
                "shop", 12, "b".repeat(40), "a".repeat(40), "c".repeat(40), List.of("shop-dev"), findings, steps, hash);
    }

    static Plan usual() {
        return plan(
                step(
                        Action.CREATE,
                        SERVICE,
                        "checkout.yaml",
                        new FieldChange("/spec", null, Map.of("port", 80L), false)),
                step(Action.CREATE, DEPLOYMENT, "checkout.yaml", new FieldChange("/kind", null, "Deployment", false)),
                step(
                        Action.UPDATE,
                        key("apps/v1/Deployment", "cart"),
                        "cart.yaml",
                        new FieldChange("/spec/template/spec/containers/0/image", "cart:1", "cart:2", false),
                        new FieldChange("/data/password", null, null, true)),
                step(Action.UNCHANGED, key("v1/ConfigMap", "cart"), "cart.yaml"));
    }

    static Finding finding(String message) {
        return new Finding(
                Severity.ERROR,
                "cart.yaml",
                new Position(7, 5),
                "/spec/imag",
                "schema/unknown-field",
                message,
                "Did you mean 'image'?");
    }

    static Judgement blocked(String message) {
        return new Judgement(
                Verdict.BLOCKED,
                List.of(
                        new Guardrail("stateful", Guardrail.Level.APPROVAL, message),
                        new Guardrail("quota", Guardrail.Level.PASS, "")),
                List.of());
    }
}

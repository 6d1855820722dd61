package dev.mergeway.reconciler.report;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.plan.PlanStep;
import dev.mergeway.reconciler.plan.Summary;
import dev.mergeway.reconciler.policy.Verdict;
import dev.mergeway.reconciler.resource.CanonicalJson;
import dev.mergeway.reconciler.resource.FieldChange;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.ResourceKey;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The plan JSON, exactly as section 5 of the contract has it: its keys, in its order. The same inputs give the same bytes. */
public final class PlanJson {
    private PlanJson() {}

    /** The JSON text, on one line, without a line end. A sensitive field has nulls for its values. */
    public static String write(Plan plan, Verdict verdict) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("repository", plan.repository());
        json.put("pull", (long) plan.pull());
        json.put("base", plan.base());
        json.put("head", plan.head());
        json.put("merge", plan.merge());
        json.put("hash", plan.hash());
        json.put("environments", plan.environments());
        json.put("findings", plan.findings().stream().map(PlanJson::finding).toList());
        json.put("steps", plan.steps().stream().map(PlanJson::step).toList());
        json.put("summary", summary(plan.summary()));
        json.put("verdict", verdict.label());
        return CanonicalJson.inOrder(json);
    }

    private static Map<String, Object> finding(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", finding.file());
        json.put("line", (long) finding.position().line());
        json.put("column", (long) finding.position().column());
        json.put("pointer", finding.pointer());
        json.put("rule", finding.rule());
        json.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        json.put("message", finding.message());
        json.put("hint", finding.hint());
        return json;
    }

    private static Map<String, @Nullable Object> step(PlanStep step) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("action", step.action().label());
        json.put("resource", resource(step.resource()));
        json.put("environment", step.environment());
        json.put("spec", spec(step));
        json.put("fields", step.fields().stream().map(PlanJson::field).toList());
        json.put("requires", step.requires());
        json.put("dependsOn", step.dependsOn().stream().map(PlanJson::resource).toList());
        return json;
    }

    private static @Nullable Map<String, Object> spec(PlanStep step) {
        if (step.file().isEmpty()) {
            return null;
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", step.file());
        json.put("line", (long) Math.max(1, step.line()));
        return json;
    }

    private static Map<String, Object> resource(ResourceKey key) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("provider", key.provider());
        json.put("target", key.target());
        json.put("type", key.type());
        json.put("namespace", key.namespace());
        json.put("name", key.name());
        return json;
    }

    private static Map<String, @Nullable Object> field(FieldChange change) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("pointer", change.pointer());
        json.put("before", change.before());
        json.put("after", change.after());
        json.put("sensitive", change.sensitive());
        return json;
    }

    private static Map<String, Object> summary(Summary summary) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("create", (long) summary.create());
        json.put("update", (long) summary.update());
        json.put("replace", (long) summary.replace());
        json.put("delete", (long) summary.delete());
        json.put("unchanged", (long) summary.unchanged());
        return json;
    }
}

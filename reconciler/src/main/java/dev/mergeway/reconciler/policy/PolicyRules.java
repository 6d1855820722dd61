package dev.mergeway.reconciler.policy;

import dev.mergeway.schema.expression.Rules;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Policy;
import dev.mergeway.schema.model.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The platform's own policies, compiled once. A rule that cannot be evaluated never counts as kept. Immutable. */
public final class PolicyRules {
    private static final List<String> VARIABLES =
            List.of("spec", "old", "metadata", "environment", "plan", "author", "cost");

    private final List<Compiled> policies = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    private record Compiled(Policy policy, List<CompiledRule> rules) {}

    private record CompiledRule(Policy.Rule rule, Rules.Rule test, Rules.@Nullable Rule message) {}

    /**
     * What a rule may look at besides its subject.
     *
     * @param plan counts of the plan by action
     * @param author login of who opened the pull request, "" where there is none
     * @param monthlyUsd what the plan costs more a month
     */
    public record Context(Map<String, Object> plan, String author, double monthlyUsd) {}

    /** Compiles the policies and runs their own tests. */
    public PolicyRules(List<Policy> policies) {
        if (policies.isEmpty()) {
            return;
        }
        Rules rules = new Rules(VARIABLES);
        for (Policy policy : policies) {
            Compiled compiled = compile(rules, policy);
            this.policies.add(compiled);
            prove(compiled);
        }
    }

    /** What is wrong with the policies themselves. */
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    private Compiled compile(Rules rules, Policy policy) {
        List<CompiledRule> compiled = new ArrayList<>();
        for (int index = 0; index < policy.rules().size(); index++) {
            Policy.Rule rule = policy.rules().get(index);
            String pointer = "/rules/" + index;
            Rules.Compiled test = rules.condition(rule.expr());
            Rules.Compiled message = rule.message().isEmpty() ? null : rules.message(rule.message());
            invalid(policy, pointer + "/expr", test);
            invalid(policy, pointer + "/message", message);
            if (test instanceof Rules.Rule sound) {
                compiled.add(new CompiledRule(rule, sound, message instanceof Rules.Rule text ? text : null));
            }
        }
        return new Compiled(policy, compiled);
    }

    private void invalid(Policy policy, String pointer, Rules.@Nullable Compiled compiled) {
        if (compiled instanceof Rules.Invalid invalid) {
            findings.add(policy.spec()
                    .finding(
                            Severity.ERROR,
                            pointer,
                            "policy/expression",
                            "This is no valid CEL: " + invalid.message(),
                            ""));
        }
    }

    private void prove(Compiled compiled) {
        Policy policy = compiled.policy();
        for (int index = 0; index < policy.tests().size(); index++) {
            Policy.Example example = policy.tests().get(index);
            boolean kept = compiled.rules().stream().allMatch(rule -> verdict(rule, example.input()) instanceof Kept);
            String outcome = kept ? "allow" : policy.action().name().toLowerCase(Locale.ROOT);
            if (!outcome.equals(example.expect())) {
                findings.add(policy.spec()
                        .finding(
                                Severity.ERROR,
                                "/tests/" + index,
                                "policy/test-failed",
                                "This example should come out as " + example.expect() + " and comes out as " + outcome
                                        + ".",
                                "Correct the rule or the example."));
            }
        }
    }

    /** What the policies say of these subjects; the same thing is said once. */
    public List<Guardrail> judge(List<Subject> subjects, Context context) {
        Set<Guardrail> guardrails = new LinkedHashSet<>();
        for (Compiled compiled : policies) {
            boolean applied = false;
            boolean kept = true;
            for (Subject subject : subjects) {
                if (!matches(compiled.policy(), subject)) {
                    continue;
                }
                applied = true;
                for (CompiledRule rule : compiled.rules()) {
                    if (verdict(rule, variables(subject, context)) instanceof Broken broken) {
                        kept = false;
                        guardrails.add(guardrail(compiled.policy(), rule, subject, broken));
                    }
                }
            }
            if (applied && kept) {
                guardrails.add(new Guardrail(
                        compiled.policy().spec().metadata().name(),
                        Guardrail.Level.PASS,
                        "Within the platform's limits."));
            }
        }
        return List.copyOf(guardrails);
    }

    private static boolean matches(Policy policy, Subject subject) {
        String team = subject.environment().spec().metadata().team();
        return (policy.kinds().isEmpty() || policy.kinds().contains(subject.kind()))
                && (policy.tiers().isEmpty()
                        || policy.tiers().contains(subject.environment().tier()))
                && (policy.teams().isEmpty() || (team != null && policy.teams().contains(team)));
    }

    private static Map<String, @Nullable Object> variables(Subject subject, Context context) {
        Map<String, @Nullable Object> environment =
                new HashMap<>(subject.environment().spec().body());
        environment.put("name", subject.environment().name());
        environment.put("tier", subject.environment().tier().label());
        environment.put("team", subject.environment().spec().metadata().team());
        Map<String, @Nullable Object> metadata = new HashMap<>();
        metadata.put("name", subject.metadata().name());
        metadata.put("labels", subject.metadata().labels());
        metadata.put("annotations", subject.metadata().annotations());
        Map<String, @Nullable Object> variables = new HashMap<>();
        variables.put("spec", subject.spec());
        variables.put("old", subject.old());
        variables.put("metadata", metadata);
        variables.put("environment", environment);
        variables.put("plan", context.plan());
        variables.put("author", context.author());
        variables.put("cost", Map.of("monthlyUsd", context.monthlyUsd()));
        return variables;
    }

    private sealed interface Outcome {}

    private record Kept() implements Outcome {}

    private record Broken(String message) implements Outcome {}

    private static Outcome verdict(CompiledRule rule, Map<String, ? extends @Nullable Object> variables) {
        return switch (rule.test().evaluate(variables)) {
            case Rules.Answer answer when answer.holds() -> new Kept();
            case Rules.Answer answer -> new Broken(message(rule, variables));
            case Rules.Failed failed -> new Broken("It cannot be judged: " + failed.message());
            case Rules.Message message -> new Broken("It cannot be judged: " + message.text());
        };
    }

    private static String message(CompiledRule rule, Map<String, ? extends @Nullable Object> variables) {
        Rules.Rule message = rule.message();
        if (message == null) {
            return "This must hold: " + rule.rule().expr();
        }
        return message.evaluate(variables) instanceof Rules.Message text
                ? text.text()
                : "This must hold: " + rule.rule().expr();
    }

    private static Guardrail guardrail(Policy policy, CompiledRule rule, Subject subject, Broken broken) {
        Guardrail.Level level = switch (policy.action()) {
            case DENY -> Guardrail.Level.DENY;
            case WARN -> Guardrail.Level.WARN;
            case APPROVE -> Guardrail.Level.APPROVAL;
        };
        String message = subject.kind() + " " + subject.metadata().name() + ": " + broken.message();
        List<Fix> fixes = new ArrayList<>();
        rule.rule().fix().forEach((path, value) -> fixes.add(Fix.of(subject.origin(), path, value)));
        return new Guardrail(policy.spec().metadata().name(), level, message, fixes);
    }
}

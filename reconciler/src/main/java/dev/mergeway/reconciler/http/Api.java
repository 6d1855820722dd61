package dev.mergeway.reconciler.http;

import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.reconciler.port.Ledger.Filter;
import dev.mergeway.reconciler.port.Ledger.Page;
import dev.mergeway.reconciler.run.EnvironmentState;
import dev.mergeway.schema.model.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answers of {@code /api/v1}: each reads the ledger and shapes what it finds. */
final class Api {
    private final HttpParts parts;
    private final Ledger ledger;

    Api(HttpParts parts) {
        this.parts = parts;
        this.ledger = parts.ledger();
    }

    Answer environments(Call call) throws Refusal {
        return Answer.json(Shapes.page(page(call, ledger::environments), this::shape));
    }

    Answer environment(Call call) throws Refusal {
        String name = call.name("name");
        return Answer.json(shape(ledger.environment(name)
                .orElseThrow(() -> Refusal.notFound("There is no environment called '" + name + "'."))));
    }

    private Map<String, Object> shape(EnvironmentState state) {
        return Shapes.environment(state, ledger.count(state.name()));
    }

    Answer resources(Call call) throws Refusal {
        Filter filter = new Filter(call.query("environment"), call.query("provider"), call.query("status"));
        return Answer.json(
                Shapes.page(page(call, (after, limit) -> ledger.resources(filter, after, limit)), Shapes::resource));
    }

    Answer pulls(Call call) throws Refusal {
        return Answer.json(Shapes.page(page(call, ledger::pulls), Shapes::pull));
    }

    Answer pull(Call call) throws Refusal {
        return Answer.json(Shapes.pull(Found.pull(ledger, call)));
    }

    Answer plan(Call call) throws Refusal {
        String plan = Found.pull(ledger, call).plan();
        if (plan.isEmpty()) {
            throw Refusal.notFound("This pull request has no plan yet.");
        }
        return Answer.jsonText(plan);
    }

    Answer runs(Call call) throws Refusal {
        String environment = call.query("environment");
        return Answer.json(
                Shapes.page(page(call, (after, limit) -> ledger.runs(environment, after, limit)), Shapes::run));
    }

    Answer run(Call call) throws Refusal {
        return Answer.json(Shapes.run(Found.run(ledger, call)));
    }

    Answer kinds(Call call) {
        return Answer.json(
                Map.of("items", parts.kinds().kinds().stream().map(Shapes::kind).toList()));
    }

    Answer schema(Call call) throws Refusal {
        return new Answer(200, "application/schema+json", Json.bytes(Found.schema(parts.kinds(), call)));
    }

    /** Findings of the YAML in the body; none where all is well. Changes nothing. */
    Answer validate(Call call) {
        List<Finding> findings = parts.validate().apply(call.body()).stream()
                .sorted(Finding.ORDER)
                .toList();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("valid", findings.stream().noneMatch(Finding::isError));
        tree.put("items", findings.stream().map(Shapes::finding).toList());
        return Answer.json(tree);
    }

    Answer ready(Call call) {
        List<Check> checks = parts.checks().get();
        List<String> missing =
                checks.stream().filter(check -> !check.ok()).map(Check::name).toList();
        return missing.isEmpty()
                ? Answer.json(Map.of("status", "ready", "checks", Shapes.checks(checks)))
                : Answer.problem(
                        503,
                        "Not ready: " + String.join(", ", missing) + ".",
                        call.path(),
                        Map.of("checks", Shapes.checks(checks)));
    }

    /** A page as the query asks for it. */
    static <T> Page<T> page(Call call, Pages<T> pages) throws Refusal {
        String after = call.query("after");
        int limit = call.limit();
        try {
            return pages.page(after, limit);
        } catch (IllegalArgumentException e) {
            throw Refusal.bad("after is no cursor: it must be the next of the page before.");
        }
    }

    /** A list that comes in pages. */
    @FunctionalInterface
    interface Pages<T> {
        Page<T> page(String after, int limit);
    }
}

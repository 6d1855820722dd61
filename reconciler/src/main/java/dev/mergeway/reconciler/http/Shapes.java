package dev.mergeway.reconciler.http;

import dev.mergeway.reconciler.port.Ledger.Page;
import dev.mergeway.reconciler.run.EnvironmentState;
import dev.mergeway.reconciler.run.PullState;
import dev.mergeway.reconciler.run.ResourceState;
import dev.mergeway.reconciler.run.RunRecord;
import dev.mergeway.schema.model.Finding;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The values as the API shows them. Members and their order are promised in openapi.yaml. */
final class Shapes {
    private Shapes() {}

    static <T> Map<String, Object> page(Page<T> page, Function<T, Map<String, Object>> shape) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("items", page.items().stream().map(shape).toList());
        if (!page.next().isEmpty()) {
            tree.put("next", page.next());
        }
        return tree;
    }

    static Map<String, Object> environment(EnvironmentState state, int resources) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", state.name());
        tree.put("team", state.team());
        tree.put("tier", state.tier());
        tree.put("repository", state.repository());
        tree.put("sync", state.sync().label());
        tree.put("health", state.health().label());
        tree.put("revision", revision(state));
        tree.put("revisions", new TreeMap<>(state.revisions()));
        tree.put("expires", time(state.expires()));
        tree.put("message", state.message());
        tree.put("resources", resources);
        tree.put("lastRun", orNull(state.lastRun()));
        return tree;
    }

    /** The commit that was applied last of the repository that declares the environment, else of the first by name. */
    static @Nullable String revision(EnvironmentState state) {
        String own = state.revisions().get(state.repository());
        return own != null
                ? own
                : new TreeMap<>(state.revisions()).values().stream().findFirst().orElse(null);
    }

    static Map<String, Object> resource(ResourceState state) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("repository", state.repository());
        spec.put("file", state.file());
        spec.put("line", state.line());
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("environment", state.environment());
        tree.put("provider", state.key().provider());
        tree.put("target", state.key().target());
        tree.put("type", state.key().type());
        tree.put("namespace", state.key().namespace());
        tree.put("name", state.key().name());
        tree.put("sync", state.sync().label());
        tree.put("health", state.health().status().label());
        tree.put("message", message(state));
        tree.put("spec", spec);
        return tree;
    }

    /** Why it is not in sync, and why it is not well. */
    static String message(ResourceState state) {
        String health = state.health().message();
        return state.message().isEmpty() || health.isEmpty()
                ? state.message() + health
                : state.message() + "; " + health;
    }

    static Map<String, Object> pull(PullState state) {
        Map<String, Integer> summary = Json.numbers(state.plan(), "summary");
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("repository", state.repository());
        tree.put("number", state.number());
        tree.put("title", state.title());
        tree.put("branch", state.branch());
        tree.put("head", state.head());
        tree.put("author", state.author());
        tree.put("state", state.state());
        tree.put("url", state.url());
        tree.put("verdict", orNull(state.verdict()));
        tree.put("hash", orNull(state.hash()));
        tree.put("summary", summary.isEmpty() ? null : summary);
        tree.put("comment", state.comment());
        return tree;
    }

    static Map<String, Object> run(RunRecord run) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", run.id());
        tree.put("kind", run.kind());
        tree.put("repository", orNull(run.repository()));
        tree.put("environment", orNull(run.environment()));
        tree.put("pull", run.pull());
        tree.put("revision", run.revision());
        tree.put("state", run.state().label());
        tree.put("started", time(run.started()));
        tree.put("finished", time(run.finished()));
        tree.put("message", run.message());
        tree.put("steps", run.steps().stream().map(Shapes::step).toList());
        return tree;
    }

    private static Map<String, Object> step(RunRecord.Step step) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("action", step.action());
        tree.put("resource", step.resource());
        tree.put("result", step.result());
        tree.put("message", step.message());
        return tree;
    }

    static Map<String, Object> kind(KindCatalogue.Kind kind) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", kind.name());
        tree.put("type", orNull(kind.type()));
        tree.put("version", orNull(kind.version()));
        tree.put("team", orNull(kind.team()));
        tree.put("description", kind.description());
        return tree;
    }

    static Map<String, Object> finding(Finding finding) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("file", finding.file());
        tree.put("line", finding.position().line());
        tree.put("column", finding.position().column());
        tree.put("pointer", finding.pointer());
        tree.put("rule", finding.rule());
        tree.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        tree.put("message", finding.message());
        tree.put("hint", finding.hint());
        return tree;
    }

    static Map<String, Object> check(Check check) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", check.name());
        tree.put("ok", check.ok());
        tree.put("message", check.message());
        return tree;
    }

    static List<Map<String, Object>> checks(List<Check> checks) {
        return checks.stream().map(Shapes::check).toList();
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : DateTimeFormatter.ISO_INSTANT.format(instant);
    }
}

package dev.mergeway.reconciler.report;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.plan.PlanStep;
import dev.mergeway.reconciler.plan.Summary;
import dev.mergeway.reconciler.policy.Guardrail;
import dev.mergeway.reconciler.report.Page.Row;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Few;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.ResourceKey;
import dev.mergeway.schema.model.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The pieces that comments are made of. */
final class Blocks {
    // More sentences than this are no summary any more.
    private static final int SENTENCES = 8;

    private Blocks() {}

    /** The consequences in one paragraph, such as 'Merging this creates x in y; nothing is deleted.' */
    static String consequences(String beginning, Plan plan, Setting setting) {
        List<Sentence> all = Consequences.of(plan);
        if (all.isEmpty()) {
            boolean asked = plan.findings().stream().anyMatch(finding -> finding.severity() != Severity.INFO);
            return asked ? "Nothing changes.\n\n" : "Nothing changes: what is live is what is asked for.\n\n";
        }
        List<String> said = new ArrayList<>(
                all.stream().limit(SENTENCES).map(Sentence::markdown).toList());
        if (all.size() > SENTENCES) {
            said.add((all.size() - SENTENCES) + " more changes, listed below");
        }
        Consequences.closing(plan, setting).forEach(words -> said.add(words.replace("$", "\\$")));
        return beginning + " " + String.join("; ", said) + ".\n\n";
    }

    /** How many of each action. */
    static String counts(Summary summary) {
        return "| create | update | replace | delete | unchanged |\n|---:|---:|---:|---:|---:|\n"
                + String.format(
                        Locale.ROOT,
                        "| %d | %d | %d | %d | %d |\n\n",
                        summary.create(),
                        summary.update(),
                        summary.replace(),
                        summary.delete(),
                        summary.unchanged());
    }

    /** The table of changes, a row per resource, by spec. */
    static void changes(Page page, Plan plan) {
        List<Row> rows = new ArrayList<>();
        Consequences.bySpec(plan).forEach((origin, steps) -> {
            for (PlanStep step : steps) {
                rows.add(new Row(
                        title(step.resource()),
                        "| " + action(step.action()) + " | " + Safe.code(title(step.resource())) + " | "
                                + Safe.code(step.environment()) + " | "
                                + (origin.place().isEmpty() ? "" : Safe.code(origin.place())) + " | " + what(step)
                                + " |\n"));
            }
        });
        page.rows(
                2,
                "| | resource | environment | asked for in | what |\n|---|---|---|---|---|\n",
                rows,
                "\n",
                "changes");
    }

    private static String action(Action action) {
        return action.destroys() ? "**" + action.label() + "**" : action.label();
    }

    private static String what(PlanStep step) {
        List<String> parts = new ArrayList<>();
        if (!step.reason().isEmpty()) {
            parts.add(Safe.prose(step.reason()));
        }
        if (!step.requires().isEmpty()) {
            parts.add("needs " + step.requires().stream().map(Safe::prose).collect(Collectors.joining(", ")));
        }
        if (step.action() == Action.UPDATE && !step.fields().isEmpty()) {
            String first = Safe.code(FieldLines.path(step.fields().getFirst().pointer()));
            int more = step.fields().size() - 1;
            parts.add(first + (more > 0 ? " and " + more + " more" : ""));
        }
        return String.join("; ", parts);
    }

    /** {@code Deployment checkout}. */
    static String title(ResourceKey key) {
        return key.kind() + " " + key.name();
    }

    /** What each guardrail says; those that pass in one line. */
    static void guardrails(Page page, List<Guardrail> guardrails) {
        List<Row> rows = new ArrayList<>();
        for (Guardrail guardrail : guardrails) {
            if (guardrail.level() != Guardrail.Level.PASS) {
                String level = switch (guardrail.level()) {
                    case DENY -> "**denied**";
                    case APPROVAL -> "**needs an approval**";
                    case WARN -> "warning";
                    case PASS -> "passed";
                };
                String text = "- " + level + " by " + Safe.code(guardrail.name()) + ": " + Fixes.markdown(guardrail);
                rows.add(new Row(guardrail.name(), text + "\n"));
            }
        }
        List<String> passed = guardrails.stream()
                .filter(guardrail -> guardrail.level() == Guardrail.Level.PASS)
                .map(guardrail -> Safe.code(guardrail.name()))
                .toList();
        if (!passed.isEmpty()) {
            rows.add(new Row("", "- passed: " + Few.of(10, passed) + "\n"));
        }
        page.rows(1, "**Guardrails**\n\n", rows, "\n", "guardrails");
    }

    /** What is wrong with the specs, with its place and its fix; errors first. */
    static void findings(Page page, List<Finding> findings) {
        List<Row> rows = findings.stream()
                .sorted(Comparator.comparing(Finding::severity).thenComparing(Finding.ORDER))
                .map(Blocks::finding)
                .toList();
        page.rows(1, "", rows, "\n", "findings");
    }

    private static Row finding(Finding finding) {
        String place = place(finding);
        String severity = finding.severity() == Severity.ERROR
                ? "**error**"
                : finding.severity().name().toLowerCase(Locale.ROOT);
        String text = "- " + severity + " " + Safe.code(place) + ": " + Safe.prose(finding.sentences()) + " ("
                + Safe.code(finding.rule()) + ")\n";
        return new Row(place, text);
    }

    /** {@code file:line:column}. */
    static String place(Finding finding) {
        return finding.file() + ":" + finding.position().line() + ":"
                + finding.position().column();
    }

    /** The fields of each resource as a diff, folded away. */
    static void details(Page page, Plan plan) {
        List<Row> rows = new ArrayList<>();
        for (PlanStep step : plan.steps()) {
            List<String> lines = step.action() == Action.UNCHANGED ? List.of() : FieldLines.of(step);
            if (!lines.isEmpty()) {
                String head = "\n" + Safe.code(title(step.resource())) + " in " + Safe.code(step.environment()) + ", "
                        + step.action().label() + "\n\n";
                rows.add(new Row(title(step.resource()), head + Safe.fence("diff", lines)));
            }
        }
        String before = "<details><summary>What changes in each resource</summary>\n";
        page.rows(4, before, rows, "\n</details>\n\n", "resources");
    }

    /** What depends on what, folded away. */
    static void graph(Page page, Plan plan) {
        List<String> lines = Graph.of(plan);
        if (!lines.isEmpty()) {
            String before = "<details><summary>What depends on what</summary>\n\n";
            page.rows(3, before, List.of(new Row("", Safe.fence("mermaid", lines))), "\n</details>\n\n", "graphs");
        }
    }

    /** A commit as its first 12 digits. */
    static String commit(String id) {
        return Safe.code(id.length() > 12 ? id.substring(0, 12) : id);
    }
}

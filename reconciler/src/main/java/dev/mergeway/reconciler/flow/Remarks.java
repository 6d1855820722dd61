package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.policy.Fix;
import dev.mergeway.reconciler.policy.Guardrail;
import dev.mergeway.reconciler.policy.Judgement;
import dev.mergeway.reconciler.port.Remark;
import dev.mergeway.reconciler.port.Snapshot;
import dev.mergeway.reconciler.report.Fixes;
import dev.mergeway.reconciler.report.Suggestion;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Puts to each finding, and to each field that a policy wants otherwise, what its line should read, where that is known. */
final class Remarks {
    private final Snapshot files;
    private final Map<String, List<String>> lines = new HashMap<>();

    private Remarks(Snapshot files) {
        this.files = files;
    }

    /**
     * The remarks on a pull request.
     *
     * @param info its repository; what policies want of another's files is only said in the comment
     * @param files what it would make of them
     */
    static List<Remark> of(RepositoryInfo info, Snapshot files, List<Finding> findings, Judgement judgement) {
        Remarks remarks = new Remarks(files);
        LinkedHashSet<Remark> all = new LinkedHashSet<>();
        findings.forEach(finding -> all.add(remarks.of(finding, line -> Suggestion.of(finding, line))));
        for (Guardrail guardrail : judgement.guardrails()) {
            for (Fix fix : guardrail.fixes()) {
                if (fix.repository().equals(info.name())) {
                    all.add(remarks.of(finding(guardrail, fix), line -> Suggestion.of(fix, line)));
                }
            }
        }
        return new ArrayList<>(all);
    }

    private static Finding finding(Guardrail guardrail, Fix fix) {
        Severity severity = switch (guardrail.level()) {
            case DENY -> Severity.ERROR;
            case APPROVAL, WARN -> Severity.WARNING;
            case PASS -> Severity.INFO;
        };
        return new Finding(
                severity,
                fix.file(),
                fix.position(),
                fix.pointer(),
                "policy/" + guardrail.name(),
                guardrail.message(),
                Fixes.set(List.of(fix)));
    }

    private Remark of(Finding finding, Function<String, Optional<String>> suggestion) {
        return new Remark(
                finding,
                line(finding.file(), finding.position()).flatMap(suggestion).orElse(""));
    }

    private Optional<String> line(String path, Position position) {
        List<String> file = lines.computeIfAbsent(path, this::read);
        return position.line() <= file.size() ? Optional.of(file.get(position.line() - 1)) : Optional.empty();
    }

    private List<String> read(String path) {
        return files.read(path)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8).lines().toList())
                .orElse(List.of());
    }
}

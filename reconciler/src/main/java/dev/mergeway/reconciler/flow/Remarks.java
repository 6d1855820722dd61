package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.Remark;
import dev.mergeway.reconciler.port.Snapshot;
import dev.mergeway.reconciler.report.Suggestion;
import dev.mergeway.schema.model.Finding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts to each finding what its line should read, where that is known. */
final class Remarks {
    private Remarks() {}

    static List<Remark> of(Snapshot files, List<Finding> findings) {
        Map<String, List<String>> lines = new HashMap<>();
        List<Remark> remarks = new ArrayList<>();
        for (Finding finding : findings) {
            List<String> file = lines.computeIfAbsent(finding.file(), path -> lines(files, path));
            int line = finding.position().line();
            String better = line > 0 && line <= file.size()
                    ? Suggestion.of(finding, file.get(line - 1)).orElse("")
                    : "";
            remarks.add(new Remark(finding, better));
        }
        return remarks;
    }

    private static List<String> lines(Snapshot files, String path) {
        return files.read(path)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8).lines().toList())
                .orElse(List.of());
    }
}

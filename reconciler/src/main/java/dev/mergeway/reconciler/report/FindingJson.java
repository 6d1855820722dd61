package dev.mergeway.reconciler.report;

import dev.mergeway.schema.model.Finding;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Findings as a JSON array, one on each line, each by the published schema {@code finding.schema.json}. */
public final class FindingJson implements FindingFormat {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public void write(Iterator<Finding> findings, Appendable out) throws IOException {
        out.append('[');
        String separator = "\n";
        while (findings.hasNext()) {
            out.append(separator).append(JSON.writeValueAsString(map(findings.next())));
            separator = ",\n";
        }
        out.append(separator.equals("\n") ? "]\n" : "\n]\n");
    }

    /** A finding as the members of its JSON object, in the order of the contract. */
    public static Map<String, Object> map(Finding finding) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("file", finding.file());
        map.put("line", finding.position().line());
        map.put("column", finding.position().column());
        map.put("pointer", finding.pointer());
        map.put("rule", finding.rule());
        map.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        map.put("message", finding.message());
        map.put("hint", finding.hint());
        return map;
    }
}

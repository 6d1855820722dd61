package dev.mergeway.reconciler.report;

import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.FindingRule;
import dev.mergeway.schema.model.Severity;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Findings as a SARIF 2.1.0 log with one run. Its rules, those that were broken, stand behind the results, since they are known only then. */
public final class FindingSarif implements FindingFormat {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final String version;

    /** Names this version of Mergeway as the tool's. */
    public FindingSarif(String version) {
        this.version = version;
    }

    @Override
    public void write(Iterator<Finding> findings, Appendable out) throws IOException {
        Set<String> rules = new TreeSet<>();
        out.append("{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{");
        out.append("\"columnKind\":\"unicodeCodePoints\",\"results\":[");
        String separator = "\n";
        while (findings.hasNext()) {
            Finding finding = findings.next();
            rules.add(finding.rule());
            out.append(separator).append(JSON.writeValueAsString(result(finding)));
            separator = ",\n";
        }
        out.append("\n],\"tool\":").append(JSON.writeValueAsString(tool(rules))).append("}]}\n");
    }

    private static Map<String, Object> result(Finding finding) {
        String text = finding.hint().isEmpty() ? finding.message() : finding.message() + "\n" + finding.hint();
        Map<String, Object> region = Map.of(
                "startLine", finding.position().line(),
                "startColumn", finding.position().column());
        Map<String, Object> place = Map.of("artifactLocation", Map.of("uri", uri(finding.file())), "region", region);
        return Map.of(
                "ruleId", finding.rule(),
                "level", level(finding.severity()),
                "message", Map.of("text", text),
                "locations", List.of(Map.of("physicalLocation", place)),
                "properties", Map.of("pointer", finding.pointer()));
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "note";
        };
    }

    /** A path as a relative reference of RFC 3986. */
    private static String uri(String file) {
        return Arrays.stream(file.split("/", -1))
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }

    private Map<String, Object> tool(Set<String> rules) {
        List<Map<String, Object>> descriptors = rules.stream()
                .map(id -> Map.<String, Object>of(
                        "id",
                        id,
                        "shortDescription",
                        Map.of(
                                "text",
                                FindingRule.of(id).map(FindingRule::meaning).orElse(id))))
                .toList();
        return Map.of("driver", Map.of("name", "mergeway", "version", version, "rules", descriptors));
    }
}

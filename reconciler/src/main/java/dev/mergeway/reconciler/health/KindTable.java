package dev.mergeway.reconciler.health;

import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.resource.HealthState.Status;
import dev.mergeway.reconciler.resource.Look;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The table of kinds in {@code rules.yaml}, which says what it means. */
final class KindTable {
    static final KindTable INSTANCE = read();

    private final List<Entry> entries = new ArrayList<>();
    private final List<Pattern> reporting;

    private record Entry(
            List<Pattern> kinds, List<Rule> rules, @Nullable Status otherwise) {}

    private record Rule(List<KindTest> tests, Status status, List<String> message) {}

    private KindTable(Map<String, Object> table) {
        for (Map<String, Object> entry : Look.maps(table, "kinds")) {
            String otherwise = Look.text(entry, "otherwise");
            List<Rule> rules =
                    Look.maps(entry, "rules").stream().map(KindTable::rule).toList();
            entries.add(new Entry(globs(entry, "for"), rules, otherwise.isEmpty() ? null : status(otherwise)));
        }
        reporting = globs(table, "reporting");
    }

    /** What the table says of the object; empty where it leaves it to the general reading. */
    Optional<HealthState> judge(Map<String, Object> body) {
        String kind = group(body) + "/" + Look.text(body, "kind");
        for (Entry entry : entries) {
            if (entry.kinds().stream().noneMatch(glob -> glob.matcher(kind).matches())) {
                continue;
            }
            Optional<Rule> rule = entry.rules().stream()
                    .filter(one -> one.tests().stream().allMatch(test -> test.passes(body)))
                    .findFirst();
            if (rule.isPresent()) {
                return Optional.of(HealthRules.state(rule.get().status(), message(rule.get(), body)));
            }
            if (entry.otherwise() != null) {
                return Optional.of(HealthRules.state(entry.otherwise(), ""));
            }
        }
        return Optional.empty();
    }

    /** Whether objects of this group always report a status. */
    boolean reporting(Map<String, Object> body) {
        String group = group(body);
        return reporting.stream().anyMatch(glob -> glob.matcher(group).matches());
    }

    private static String group(Map<String, Object> body) {
        String apiVersion = Look.text(body, "apiVersion");
        return apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
    }

    private static String message(Rule rule, Map<String, Object> body) {
        if (rule.status() == Status.HEALTHY) {
            return "";
        }
        List<Object> found = KindTest.values(body, rule.message());
        if (!found.isEmpty()) {
            return found.getFirst().toString();
        }
        return rule.tests().stream()
                .map(test -> test.words(body))
                .filter(words -> !words.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static Rule rule(Map<String, Object> rule) {
        List<Map<String, Object>> all = Look.maps(rule, "all");
        List<KindTest> tests =
                (all.isEmpty() ? List.of(rule) : all).stream().map(KindTest::of).toList();
        return new Rule(tests, status(Look.text(rule, "status")), KindTest.path(rule, "message"));
    }

    private static Status status(String label) {
        return Status.valueOf(label.toUpperCase(Locale.ROOT));
    }

    private static List<Pattern> globs(Map<String, Object> mapping, String name) {
        return Look.list(mapping, name).stream()
                .map(glob -> Pattern.compile(glob.toString().replace(".", "\\.").replace("*", ".*")))
                .toList();
    }

    private static KindTable read() {
        try (InputStream rules = Objects.requireNonNull(KindTable.class.getResourceAsStream("rules.yaml"))) {
            Load load = new Load(LoadSettings.builder().build());
            return new KindTable(Look.map(load.loadFromInputStream(rules)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

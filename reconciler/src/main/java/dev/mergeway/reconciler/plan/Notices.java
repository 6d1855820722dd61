package dev.mergeway.reconciler.plan;

import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Notice;
import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What targets say about changes, as warnings at the lines that they are about. */
final class Notices {
    /** What is more than this is read by nobody, and takes the room of what matters. */
    private static final int MOST = 20;

    private Notices() {}

    private record Said(ConcreteResource resource, Notice notice) {}

    private record Same(String rule, String message) {}

    /** One finding for what is said of many resources alike, at the first of them. */
    static List<Finding> findings(List<Wanted> wanted, SpecLines lines) {
        Map<Same, List<Said>> groups = new LinkedHashMap<>();
        for (Wanted one : wanted) {
            if (one.difference().action() != Action.UNCHANGED
                    && one.difference().refused().isEmpty()) {
                for (Notice notice : one.difference().notices()) {
                    groups.computeIfAbsent(new Same(notice.rule(), notice.message()), same -> new ArrayList<>())
                            .add(new Said(one.resource(), notice));
                }
            }
        }
        List<Finding> findings = new ArrayList<>();
        groups.values().stream().limit(MOST).forEach(alike -> findings.add(finding(alike, lines)));
        if (groups.size() > MOST) {
            Said next = groups.values().stream()
                    .skip(MOST)
                    .findFirst()
                    .orElseThrow()
                    .getFirst();
            String message = "The targets say " + (groups.size() - MOST)
                    + " more things about this change, beginning with " + name(next) + ".";
            findings.add(finding(next, "", message, lines));
        }
        return findings;
    }

    private static Finding finding(List<Said> alike, SpecLines lines) {
        Said first = alike.getFirst();
        long others =
                alike.stream().map(said -> said.resource().key()).distinct().count() - 1;
        String message = name(first) + (others > 0 ? " and " + others + " more" : "") + ": "
                + first.notice().message();
        return finding(first, Origins.of(first.resource(), first.notice().pointer()), message, lines);
    }

    private static Finding finding(Said said, String pointer, String message, SpecLines lines) {
        Position place = lines.of(said.resource(), pointer);
        return new Finding(
                Severity.WARNING,
                said.resource().file(),
                place,
                pointer,
                said.notice().rule(),
                message,
                "");
    }

    private static String name(Said said) {
        return said.resource().key().kind() + " " + said.resource().key().name();
    }
}

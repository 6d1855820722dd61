package dev.mergeway.reconciler.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the service asked of the API server, by the API server's own account; see {@code audit.yaml}. */
record AuditLog(Path file) {
    private static final Pattern APPLY =
            Pattern.compile("\"verb\":\"patch\".*?\"objectRef\":\\{(.*?)\\}.*\"stageTimestamp\":\"([^\"]+)\"");

    private static final Pattern VERB =
            Pattern.compile("\"verb\":\"(\\w+)\".*?\"objectRef\":\\{\"resource\":\"(\\w+)\"");

    /** How many lines there are by now; the API server writes them down within a second. */
    long mark() throws IOException, InterruptedException {
        RunningService.pause(1_500);
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        }
    }

    /** Requests since a mark, such as {@code get configmaps}, watches among them; counted where each ended. */
    Map<String, Integer> since(long mark) throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        try (Stream<String> lines = Files.lines(file)) {
            lines.skip(mark)
                    .filter(line -> line.contains("\"stage\":\"ResponseComplete\""))
                    .forEach(line -> {
                        Matcher found = VERB.matcher(line);
                        counts.merge(found.find() ? found.group(1) + " " + found.group(2) : "other", 1, Integer::sum);
                    });
        }
        return counts;
    }

    /**
     * When the API server had answered the applies of an environment's namespace and of the objects in it, since a mark.
     *
     * @param namespace of the namespace itself
     * @param last of the last object
     */
    record Applied(Instant namespace, Instant last) {}

    /** When an environment was applied. */
    Applied applied(String environment, long mark) throws IOException {
        Instant namespace = Instant.MAX;
        Instant last = Instant.MIN;
        try (Stream<String> lines = Files.lines(file)) {
            List<Matcher> applies = lines.skip(mark)
                    .filter(line -> line.contains("\"stage\":\"ResponseComplete\""))
                    .map(APPLY::matcher)
                    .filter(Matcher::find)
                    .toList();
            for (Matcher apply : applies) {
                Instant at = Instant.parse(apply.group(2));
                if (apply.group(1).contains("\"resource\":\"namespaces\"")
                        && apply.group(1).contains("\"name\":\"" + environment + "\"")) {
                    namespace = at;
                } else if (apply.group(1).contains("\"namespace\":\"" + environment + "\"") && at.isAfter(last)) {
                    last = at;
                }
            }
        }
        return new Applied(namespace, last);
    }
}

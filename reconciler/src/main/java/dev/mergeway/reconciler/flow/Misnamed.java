package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.Snapshot;
import dev.mergeway.schema.SpecReader;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.Severity;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A spec in a file that is not read because of its name: without a word its author would wait for it. */
final class Misnamed {
    /** Files of a change that are looked at: who changes more imports something. */
    static final int LOOKED_AT = 1_000;

    /** Names that are a slip; whoever calls a file {@code .bak} or {@code .md} means it. */
    private static final Pattern NAME = Pattern.compile("(?i)((?:.*/)?[^/.]+)(?:\\.ya?ml|\\.ya?ml\\.txt|\\.json)?");

    private static final Pattern SPEC =
            Pattern.compile("(?m)(?:^|[{,])\\s*\"?apiVersion\"?\\s*:\\s*[\"']?(?:mergeway|score)\\.dev/");

    /** A spec says what it is at its beginning. */
    private static final int BEGINNING = 4_096;

    private Misnamed() {}

    /** What is to be said of a file, if anything. */
    static Optional<Finding> look(Snapshot files, String path) {
        Matcher name = NAME.matcher(path);
        if (SpecReader.isSpecFile(path) || !name.matches()) {
            return Optional.empty();
        }
        return files.read(path)
                .map(bytes -> new String(bytes, 0, Math.min(BEGINNING, bytes.length), StandardCharsets.UTF_8))
                .filter(text -> SPEC.matcher(text).find())
                .map(any -> new Finding(
                        Severity.WARNING,
                        path,
                        new Position(1, 1),
                        "",
                        "spec/file-name",
                        "This spec is not read: specs are in files whose names end with .yaml or .yml.",
                        "Rename it to " + name.group(1) + ".yaml."));
    }
}

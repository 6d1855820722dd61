package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.index.FileFacts;
import dev.mergeway.reconciler.index.RepoIndex;
import dev.mergeway.schema.FileContent;
import dev.mergeway.schema.SpecReader;
import dev.mergeway.schema.blueprint.Catalogue;
import dev.mergeway.schema.model.Blueprint;
import dev.mergeway.schema.model.Files;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Policy;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Spec files that need not be in any repository. First they are gone through once, to remember only what they offer and what
 * stands where; whoever wants what is in one of them reads it again, if it is not at hand.
 */
final class LooseFiles {
    /** Bytes of files that stay in memory, as they were read the first time: some 10,000 small ones. */
    private static final long KEPT = 4L << 20;

    private final Files files;
    private final Offer offer;
    private final RepoIndex index;
    private final Map<String, FileContent> kept = new HashMap<>();
    private long keptBytes;

    /**
     * Goes through them.
     *
     * @param files where they are
     * @param paths all paths that may hold specs
     * @param context paths of files around them, whose environments count
     */
    LooseFiles(Files files, List<String> paths, List<String> context) {
        this.files = files;
        List<Blueprint> blueprints = new ArrayList<>();
        List<Policy> policies = new ArrayList<>();
        Catalogue shipped = Catalogue.shipped();
        SpecReader reader = new SpecReader(shipped);
        for (String path : paths) {
            Optional<byte[]> bytes = files.read(path).filter(LooseFiles::mayOffer);
            if (SpecReader.isSpecFile(path) && bytes.isPresent()) {
                FileContent content = reader.read(path, bytes.get());
                blueprints.addAll(content.blueprints());
                policies.addAll(content.policies());
            }
        }
        Catalogue.Loaded loaded =
                blueprints.isEmpty() ? new Catalogue.Loaded(shipped, List.of()) : shipped.with(blueprints);
        this.offer = Offer.of("checkup", loaded.catalogue(), policies, loaded.findings());
        this.index = index(paths, context);
    }

    /** The kinds and limits that they offer, on top of ours. */
    Offer offer() {
        return offer;
    }

    /** What stands where in them. */
    RepoIndex index() {
        return index;
    }

    /** Whether a file may hold a blueprint or a policy: a cheap look that spares parsing all files twice. */
    private static boolean mayOffer(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.contains("Blueprint") || text.contains("Policy");
    }

    private RepoIndex index(List<String> paths, List<String> context) {
        Map<String, FileFacts> facts = new HashMap<>();
        for (String path : context) {
            // Of a file around, only the environments count: its specs were not asked about.
            FileFacts known = FileFacts.of("", file(path));
            if (!known.environments().isEmpty()) {
                facts.put(path, new FileFacts("", known.environments(), List.of(), List.of(), false, false));
            }
        }
        for (String path : paths) {
            if (SpecReader.isSpecFile(path)) {
                FileFacts known = FileFacts.of("", first(path));
                if (!known.isEmpty()) {
                    facts.put(path, known);
                }
            }
        }
        return new RepoIndex(facts);
    }

    /** Reads a file for the first time, and keeps it while there is room, so that most are read once only. */
    private FileContent first(String path) {
        Optional<byte[]> bytes = files.read(path);
        if (bytes.isEmpty() || keptBytes + bytes.get().length > KEPT) {
            return file(path);
        }
        keptBytes += bytes.get().length;
        FileContent content = offer.reader().read(path, bytes.get());
        kept.put(path, content);
        return content;
    }

    /** What one of them holds. */
    FileContent file(String path) {
        FileContent known = kept.get(path);
        if (known != null) {
            return known;
        }
        return files.read(path).map(bytes -> offer.reader().read(path, bytes)).orElseGet(() -> {
            Finding finding = new Finding(
                    Severity.ERROR,
                    path,
                    Position.START,
                    "",
                    "yaml/too-large",
                    "This file cannot be read: it is not there, is larger than 1 MiB, or is a link.",
                    "");
            return FileContent.nothing(path, List.of(finding));
        });
    }
}

package dev.mergeway.schema;

import dev.mergeway.schema.blueprint.Catalogue;
import dev.mergeway.schema.document.DocumentReader;
import dev.mergeway.schema.document.Limits;
import dev.mergeway.schema.validate.Explain;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads spec files: the text of one file in, its specs and findings out. Immutable and safe to share. */
public final class SpecReader {
    private static final DocumentReader DOCUMENTS = new DocumentReader(Limits.DEFAULT);

    private final @Nullable Catalogue catalogue;
    private final Kinds kinds;

    /** A reader that knows the engine's own kinds and those of the catalogue. */
    public SpecReader(Catalogue catalogue) {
        this.catalogue = catalogue;
        this.kinds = Kinds.of(catalogue);
    }

    /** A reader that knows the engine's own kinds and these, for tests of reading alone. */
    SpecReader(Collection<String> names, Function<String, Optional<Map<String, Object>>> schemas) {
        this.catalogue = null;
        this.kinds = new Kinds(names, schemas);
    }

    /** The kinds that this reader knows. */
    public Catalogue catalogue() {
        if (catalogue == null) {
            throw new IllegalStateException("this reader was made without a catalogue");
        }
        return catalogue;
    }

    /**
     * Reads one file. Never throws for what is in it: whatever is wrong is a finding, sorted by {@link
     * dev.mergeway.schema.model.Finding#ORDER}. A document with an error makes no spec, blueprint or policy; an environment
     * is there as soon as it has a name, so that its specs are not said to be in none.
     *
     * @param file its path, for findings and for the folder it stands in
     * @param content its bytes as they are
     */
    public FileContent read(String file, byte[] content) {
        return new FileReading(file, kinds).of(DOCUMENTS.read(file, content), content);
    }

    /**
     * Reads the configuration file of the service, which holds one document of kind {@code Server}. Never throws for what is
     * in it, and needs no catalogue.
     *
     * @param file its path, for findings
     * @param content its bytes as they are
     */
    public static ServerContent readServer(String file, byte[] content) {
        return ServerReading.of(file, DOCUMENTS.read(file, content));
    }

    /** Explains the kinds that this reader knows. */
    public Explain explain() {
        return new Explain(kinds.names(), kind -> kinds.has(kind) ? kinds.source(kind) : Optional.empty());
    }

    /** Whether a file of this name may hold specs: it ends in {@code .yaml} or {@code .yml}. */
    public static boolean isSpecFile(String file) {
        return file.endsWith(".yaml") || file.endsWith(".yml");
    }
}

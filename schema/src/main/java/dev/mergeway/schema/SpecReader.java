package dev.mergeway.schema;

import dev.mergeway.schema.blueprint.Catalogue;

/** Reads spec files: the text of one file in, its specs and findings out. Immutable and safe to share. */
public final class SpecReader {
    private final Catalogue catalogue;

    /** A reader that knows the engine's own kinds and those of the catalogue. */
    public SpecReader(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The kinds that this reader knows. */
    public Catalogue catalogue() {
        return catalogue;
    }

    /**
     * Reads one file. Never throws for what is in it: whatever is wrong is a finding.
     *
     * @param file its path, for findings and for the folder it stands in
     * @param content its bytes as they are
     */
    public FileContent read(String file, byte[] content) {
        throw new UnsupportedOperationException();
    }

    /** Whether a file of this name may hold specs: it ends in {@code .yaml} or {@code .yml}. */
    public static boolean isSpecFile(String file) {
        return file.endsWith(".yaml") || file.endsWith(".yml");
    }
}

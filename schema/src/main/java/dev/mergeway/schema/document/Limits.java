package dev.mergeway.schema.document;

/**
 * What a file may hold at most, so that no file can take the reader's time or memory.
 *
 * @param bytes size of the file
 * @param depth maps and lists within each other
 * @param aliasNodes values that aliases may add to one document
 * @param aliasCharacters characters of texts and names that aliases may add to one document
 * @param documents documents in one file
 */
public record Limits(int bytes, int depth, int aliasNodes, int aliasCharacters, int documents) {
    /**
     * 1 MiB, 64 levels, 10,000 values and 1 Mi characters by aliases (so that a document written out is at most about
     * twice what a file may be), 1,000 documents.
     */
    public static final Limits DEFAULT = new Limits(1 << 20, 64, 10_000, 1 << 20, 1_000);

    public Limits {
        if (bytes < 1 || depth < 1 || aliasNodes < 0 || aliasCharacters < 0 || documents < 1) {
            throw new IllegalArgumentException("a limit is positive");
        }
    }
}

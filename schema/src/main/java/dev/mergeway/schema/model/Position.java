package dev.mergeway.schema.model;

/**
 * A place in a text file.
 *
 * @param line 1 for the first line
 * @param column 1 for the first character, counted in Unicode code points
 */
public record Position(int line, int column) {
    /** Where a file begins. */
    public static final Position START = new Position(1, 1);

    public Position {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("a position starts at 1:1, not " + line + ":" + column);
        }
    }
}

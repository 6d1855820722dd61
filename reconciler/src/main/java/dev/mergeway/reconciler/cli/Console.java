package dev.mergeway.reconciler.cli;

import java.io.PrintWriter;

/**
 * Where a command writes.
 *
 * @param out what it was asked for
 * @param err diagnostics
 * @param colour whether a person reads it on a terminal that shows colour
 */
public record Console(PrintWriter out, PrintWriter err, boolean colour) {
    /** It went well. */
    public static final int OK = 0;

    /** It did not: there are errors. */
    public static final int ERROR = 1;

    /** It was called wrongly. */
    public static final int USAGE = 2;

    /** A plan has changes. */
    public static final int CHANGES = 3;

    /** Says something on the diagnostics. */
    public void say(String text) {
        err.println(text);
        err.flush();
    }
}

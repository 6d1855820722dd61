package dev.mergeway.reconciler.report;

/** A line of a file with a caret below one of its characters. */
final class SourceLine {
    private static final int WIDTH = 120;
    private static final int BEFORE = 60;

    private SourceLine() {}

    /**
     * Two lines of text, each with a line break.
     *
     * @param text the line of the file
     * @param line its number
     * @param column where the caret goes, 1 for the first character, counted in code points
     */
    static String of(String text, int line, int column) {
        int[] points = FindingText.clean(text).codePoints().toArray();
        int at = Math.min(column - 1, points.length);
        int from = points.length <= WIDTH ? 0 : Math.max(0, at - BEFORE);
        int to = Math.min(points.length, from + WIDTH);
        String shown = (from > 0 ? "…" : "") + new String(points, from, to - from) + (to < points.length ? "…" : "");
        String number = String.format("%5d", line);
        String caret = " ".repeat(at - from + (from > 0 ? 1 : 0)) + "^";
        return number + " | " + shown + "\n" + " ".repeat(number.length()) + " | " + caret + "\n";
    }
}

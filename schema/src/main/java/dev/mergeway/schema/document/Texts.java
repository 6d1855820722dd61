package dev.mergeway.schema.document;

/** Texts from files as findings show them. */
final class Texts {
    private static final int LONGEST = 60;

    private Texts() {}

    /** The text on one line, cut where it is long. */
    static String cut(String text) {
        String line = text.replaceAll("[\\s\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ");
        int length = line.codePointCount(0, line.length());
        return length <= LONGEST ? line : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "…";
    }

    /** A key as a part of a JSON pointer (RFC 6901). */
    static String pointerPart(String key) {
        return key.indexOf('~') < 0 && key.indexOf('/') < 0
                ? key
                : key.replace("~", "~0").replace("/", "~1");
    }
}

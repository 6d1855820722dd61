package dev.mergeway.schema.document;

import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.FindingRule;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.Severity;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to text, or the finding that says why not: text is UTF-8, with or without a byte order mark, and holds no
 * control characters but tab and line breaks.
 *
 * @param text the text without byte order mark, "" where there is a problem
 * @param problem why the bytes are no text, null where they are
 */
record SourceText(String text, @Nullable Finding problem) {
    private static final String SAVE_AS_UTF8 = "Save the file as UTF-8 text.";

    static SourceText of(String file, byte[] bytes, Limits limits) {
        if (bytes.length > limits.bytes()) {
            return refused(
                    file,
                    Position.START,
                    FindingRule.YAML_SIZE,
                    "The file is too large: it has " + bytes.length + " bytes, and at most " + limits.bytes()
                            + " are read.",
                    "Split it into several files.");
        }
        if (startsLikeUtf16(bytes)) {
            return refused(
                    file,
                    Position.START,
                    FindingRule.YAML_ENCODING,
                    "The file is saved as UTF-16 text, which is not read.",
                    SAVE_AS_UTF8);
        }
        return decode(file, bytes);
    }

    private static SourceText decode(String file, byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), out, true);
        String text = out.flip().toString();
        int control = firstControl(text);
        if (control >= 0) {
            return refused(
                    file,
                    position(text, control),
                    FindingRule.YAML_ENCODING,
                    "This is not a text file: it holds the control character "
                            + String.format("U+%04X", (int) text.charAt(control))
                            + ".",
                    "Remove the character, or the file if it is not a spec.");
        }
        if (result.isError()) {
            return refused(
                    file,
                    position(text, text.length()),
                    FindingRule.YAML_ENCODING,
                    "The file is not UTF-8 text: the character here cannot be read.",
                    SAVE_AS_UTF8);
        }
        return new SourceText(text.startsWith("\uFEFF") ? text.substring(1) : text, null);
    }

    private static SourceText refused(String file, Position at, FindingRule rule, String message, String hint) {
        return new SourceText("", new Finding(Severity.ERROR, file, at, "", rule.id(), message, hint));
    }

    private static boolean startsLikeUtf16(byte[] bytes) {
        return bytes.length > 1
                && ((bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF)
                        || (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE));
    }

    /** Index of the first character that YAML 1.2 §5.1 does not allow, or -1. */
    private static int firstControl(String text) {
        for (int index = 0; index < text.length(); index++) {
            char c = text.charAt(index);
            boolean allowed = c == '\t' || c == '\n' || c == '\r' || c == 0x85;
            boolean control = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFFFE || c == 0xFFFF;
            if (control && !allowed) {
                return index;
            }
        }
        return -1;
    }

    /** Line and column of a character, counted as the YAML parser counts them. */
    static Position position(String text, int index) {
        int line = 1;
        int lineStart = 0;
        for (int at = 0; at < index; at++) {
            char c = text.charAt(at);
            boolean lineBreak = c == '\n' || (c == '\r' && !text.startsWith("\n", at + 1));
            if (lineBreak) {
                line++;
                lineStart = at + 1;
            }
        }
        return new Position(line, text.codePointCount(lineStart, index) + 1);
    }
}

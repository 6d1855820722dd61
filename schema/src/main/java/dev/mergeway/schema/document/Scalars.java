package dev.mergeway.schema.document;

import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a scalar without quotes means: the core schema of YAML 1.2 (§10.3.2). {@code yes}, {@code no}, {@code on} and
 * {@code off} are texts there. Infinities, not-a-number and numbers of more than 100 digits stay texts, since JSON and
 * the providers know no such numbers.
 */
final class Scalars {
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");
    private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]+");
    private static final int LONGEST_NUMBER = 100;

    private Scalars() {}

    static @Nullable Object resolve(String text) {
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> null;
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default -> number(text);
        };
    }

    /** Whether the text looks octal to YAML 1.1 but is decimal here. */
    static boolean looksOctal(String text) {
        return text.length() > 1
                && text.charAt(0) == '0'
                && text.chars().allMatch(c -> c >= '0' && c <= '7')
                && text.length() < LONGEST_NUMBER;
    }

    private static Object number(String text) {
        char first = text.charAt(0);
        boolean maybe = (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.';
        if (!maybe || text.length() > LONGEST_NUMBER) {
            return text;
        }
        if (INTEGER.matcher(text).matches()) {
            return whole(new BigInteger(text));
        }
        if (OCTAL.matcher(text).matches()) {
            return whole(new BigInteger(text.substring(2), 8));
        }
        if (HEXADECIMAL.matcher(text).matches()) {
            return whole(new BigInteger(text.substring(2), 16));
        }
        if (FLOAT.matcher(text).matches()) {
            double value = Double.parseDouble(text);
            return Double.isInfinite(value) ? text : (Object) value;
        }
        return text;
    }

    private static Object whole(BigInteger value) {
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }
}

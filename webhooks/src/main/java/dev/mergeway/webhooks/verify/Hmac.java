package dev.mergeway.webhooks.verify;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 and comparison in constant time. */
final class Hmac {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int HEX_DIGITS = 64;

    private Hmac() {}

    static byte[] sign(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks " + ALGORITHM + ", which every JDK must have", e);
        }
    }

    /** Whether the signature, as hex digits, is that of the body under one of the keys. All keys are always tried. */
    static boolean matchesHex(String hex, List<byte[]> keys, byte[] body) {
        if (hex.length() != HEX_DIGITS || !hex.chars().allMatch(HexFormat::isHexDigit)) {
            return false;
        }
        byte[] given = HexFormat.of().parseHex(hex);
        boolean matches = false;
        for (byte[] key : keys) {
            matches |= MessageDigest.isEqual(sign(key, body), given);
        }
        return matches;
    }
}

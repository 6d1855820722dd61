package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Look;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** What we write on every object beyond what is desired: which set it is a member of, and what was applied last. */
final class Marks {
    /**
     * Hash of the object as it was applied. As long as it is the hash of what is desired, every desired field was ours:
     * whoever owns one now took it by hand, so that taking it back is a repair and no theft.
     */
    static final String APPLIED = "mergeway.dev/applied";

    static final String APPLIED_POINTER = "/metadata/annotations/mergeway.dev~1applied";

    /** Label of a member, as in KEP-3659. */
    static final String PART_OF = "applyset.kubernetes.io/part-of";

    private Marks() {}

    /** The object to send: what is desired, with our marks. */
    static Map<String, Object> marked(Desired desired, String home) {
        Map<String, Object> metadata = new LinkedHashMap<>(Look.map(desired.body(), "metadata"));
        Map<String, Object> labels = new LinkedHashMap<>(Look.map(metadata, "labels"));
        labels.putAll(desired.owner().labels());
        labels.put(PART_OF, setId(desired.owner().spec().environment(), home));
        Map<String, Object> annotations = new LinkedHashMap<>(Look.map(metadata, "annotations"));
        annotations.put(APPLIED, hash(desired));
        metadata.put("labels", labels);
        metadata.put("annotations", annotations);
        Map<String, Object> body = new LinkedHashMap<>(desired.body());
        body.put("metadata", metadata);
        return body;
    }

    /** 32 hexadecimal digits that change with what is desired. */
    static String hash(Desired desired) {
        return shortHash(Json.write(desired.body()));
    }

    /** The first 32 hexadecimal digits of a SHA-256. */
    static String shortHash(byte[] bytes) {
        return HexFormat.of().formatHex(sha256(bytes), 0, 16);
    }

    /** Name of the inventory object of an environment. */
    static String parent(String environment) {
        return "mergeway-" + environment;
    }

    /** The set's id: {@code applyset-<base64url(sha256(name.namespace.kind.group))>-v1}, as KEP-3659 defines it. */
    static String setId(String environment, String home) {
        String identity = parent(environment) + "." + home + ".ConfigMap.";
        byte[] hash = sha256(identity.getBytes(StandardCharsets.UTF_8));
        return "applyset-" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash) + "-v1";
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}

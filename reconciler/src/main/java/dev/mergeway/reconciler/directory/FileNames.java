package dev.mergeway.reconciler.directory;

import dev.mergeway.reconciler.resource.CanonicalJson;
import dev.mergeway.schema.model.ResourceKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the file of a resource is called: {@code deployment.apps-checkout.yaml}, {@code queue.sqs.aws-orders.yaml}. The
 * version of a type is not in it, since the same object is served in many. A namespace is in it only where it is not the
 * environment's own. A name that is not plain gets a hash, so that nothing in it can leave the folder or meet another.
 */
final class FileNames {
    /** How every file of ours ends. */
    static final String SUFFIX = ".yaml";

    private static final Pattern ENVIRONMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,252}");
    private static final Pattern PLAIN_TYPE = Pattern.compile("[a-z0-9.]+");
    private static final Pattern PLAIN_NAME = Pattern.compile("[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?");
    // File systems take 255 bytes for a name.
    private static final int LONGEST = 200;

    private FileNames() {}

    /** Whether an environment's name can be that of a folder. */
    static boolean isFolder(String environment) {
        return ENVIRONMENT.matcher(environment).matches();
    }

    /** The name of a resource's file within the folder of an environment. */
    static String of(ResourceKey key, String environment) {
        String type = type(key);
        String namespace =
                key.namespace().isEmpty() || key.namespace().equals(environment) ? "" : "@" + key.namespace();
        boolean plain = PLAIN_TYPE.matcher(type).matches()
                && PLAIN_NAME.matcher(key.name()).matches()
                && (namespace.isEmpty() || PLAIN_NAME.matcher(key.namespace()).matches());
        String name = type + "-" + key.name() + namespace;
        return plain && name.length() <= LONGEST ? name + SUFFIX : hashed(name, type, key);
    }

    private static String hashed(String name, String type, ResourceKey key) {
        String identity = type + "\n" + key.namespace() + "\n" + key.name();
        String readable =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.@-]", "-").replaceAll("^[.-]+", "");
        String head = readable.substring(0, Math.min(LONGEST - 20, readable.length()));
        return head + "~" + CanonicalJson.hash(identity.getBytes(StandardCharsets.UTF_8)) + SUFFIX;
    }

    /** {@code deployment.apps} of apps/v1/Deployment, {@code service} of v1/Service, {@code queue.sqs.aws} of AWS::SQS::Queue. */
    private static String type(ResourceKey key) {
        List<String> parts = Arrays.asList(key.type().split("/|::", -1));
        if (key.type().contains("::")) {
            Collections.reverse(parts);
            return String.join(".", parts).toLowerCase(Locale.ROOT);
        }
        String kind = key.kind().toLowerCase(Locale.ROOT);
        return parts.size() < 3 ? kind : kind + "." + parts.getFirst().toLowerCase(Locale.ROOT);
    }
}

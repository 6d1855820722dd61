package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.kubernetes.KubernetesServer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An object as it is in a cluster.
 *
 * @param uid another one once it was made again
 * @param version another one once it was written again
 * @param held what stands in its data under {@code is}
 */
record LiveObject(String uid, String version, String held) {
    private static final String LINES =
            "jsonpath={range .items[*]}{.apiVersion}/{.kind} {.metadata.namespace}/{.metadata.name}"
                    + "|{.metadata.uid}|{.metadata.resourceVersion}|{.data.is}{\"\\n\"}{end}";

    /** Every object in the namespaces of an environment, ours or not, and those namespaces; by the text of their keys. */
    static Map<String, LiveObject> in(String environment, KubernetesServer server) {
        Map<String, LiveObject> live = new HashMap<>();
        String kinds = "namespaces,configmaps,secrets,limitranges,networkpolicies";
        server.kubectl("get", kinds, "-A", "-o", LINES).lines().forEach(line -> {
            String[] parts = line.split("\\|", -1);
            String place = parts[0].replaceFirst("^v1/Namespace /", "").replaceFirst("^\\S* ", "");
            String key = "cluster: " + parts[0].replace(" /", " ");
            // The cluster puts a certificate into each namespace, at some moment.
            if (place.matches(environment + "(-[a-z]+)?(/.*)?") && !key.endsWith("/kube-root-ca.crt")) {
                live.put(key, new LiveObject(parts[1], parts[2], parts[3]));
            }
        });
        return live;
    }

    /** The keys of what came, went, or was written. */
    static Set<String> changed(Map<String, LiveObject> before, Map<String, LiveObject> after) {
        Set<String> changed = new TreeSet<>(before.keySet());
        changed.addAll(after.keySet());
        changed.removeIf(key -> before.containsKey(key) && before.get(key).equals(after.get(key)));
        return changed;
    }
}

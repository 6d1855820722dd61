package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Look;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A kind as the API server serves it.
 *
 * @param group "" for the core group
 * @param version such as {@code v1}
 * @param kind such as {@code Deployment}
 * @param plural its name in paths, such as {@code deployments}
 * @param namespaced whether its objects live in namespaces
 * @param verbs what can be asked of it
 */
record Kind(String group, String version, String kind, String plural, boolean namespaced, Set<String> verbs) {
    Kind {
        verbs = Set.copyOf(verbs);
    }

    /** One entry of a discovery document; null for a subresource. */
    static @Nullable Kind of(String group, String version, Map<String, Object> resource) {
        String plural = Look.text(resource, "name");
        if (plural.contains("/") || plural.isEmpty()) {
            return null;
        }
        Set<String> verbs = Set.copyOf(Look.list(resource, "verbs").stream()
                .map(String::valueOf)
                .distinct()
                .toList());
        return new Kind(group, version, Look.text(resource, "kind"), plural, Look.yes(resource, "namespaced"), verbs);
    }

    /** Group and version as an object's apiVersion has them. */
    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** As in a resource's key: {@code apps/v1/Deployment}. */
    String type() {
        return apiVersion() + "/" + kind;
    }

    /** As ApplySet annotations have it: {@code Deployment.apps}, {@code ConfigMap}. */
    String groupKind() {
        return group.isEmpty() ? kind : kind + "." + group;
    }

    /** Path of its objects, of one namespace or ("") of all. */
    String path(String namespace) {
        String root = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
        return root + (namespaced && !namespace.isEmpty() ? "/namespaces/" + segment(namespace) : "") + "/" + plural;
    }

    /** Path of one object. */
    String path(String namespace, String name) {
        return path(namespace) + "/" + segment(name);
    }

    /** Nothing that comes from a specification may lead to another path. */
    private static String segment(String name) {
        if (name.isEmpty() || name.length() > 253 || name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException("no name of an object: '" + name + "'");
        }
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    /** Whether its objects can be labelled, found and deleted again. */
    boolean manageable() {
        return verbs.containsAll(Set.of("list", "patch", "delete"));
    }
}

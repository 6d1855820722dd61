package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Look;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The kinds that the API server serves, asked once per group and version and again when one is unknown. */
final class Kinds {
    private static final String DISCOVERY =
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";

    private final Api api;

    /** By type; a kind that was served once is taken to be served still: a 404 says otherwise soon enough. */
    private final Map<String, Kind> known = new ConcurrentHashMap<>();

    private volatile Map<String, Kind> preferred = Map.of();

    Kinds(Api api) {
        this.api = api;
    }

    /**
     * The kind of a type such as {@code apps/v1/Deployment}.
     *
     * @return empty where the server does not serve it (now)
     */
    Optional<Kind> find(String type) throws Unreachable {
        Kind kind = known.get(type);
        if (kind == null) {
            load(type.substring(0, Math.max(0, type.lastIndexOf('/'))));
            kind = known.get(type);
        }
        return Optional.ofNullable(kind);
    }

    /** Forgets a kind that turned out not to be served any more. */
    void forget(Kind kind) {
        known.remove(kind.type());
    }

    /**
     * The kind of a type, or the same kind in the version that the server prefers: objects of a version that is not served
     * any more are still there.
     */
    Optional<Kind> inAnyVersion(String type) throws Unreachable {
        Optional<Kind> kind = find(type);
        return kind.isPresent() ? kind : named(groupKind(type));
    }

    /** A type as ApplySets name it, such as {@code Deployment.apps} or {@code ConfigMap}. */
    static String groupKind(String type) {
        String[] parts = type.split("/", -1);
        return parts.length == 3 ? parts[2] + "." + parts[0] : parts[parts.length - 1];
    }

    /**
     * Looks again for a kind that turned out not to be served in this version (any more).
     *
     * @return the kind in another version; empty where the server does not serve it at all
     * @throws Unreachable if the server says that it serves it, or cannot be asked
     */
    Optional<Kind> instead(Kind kind) throws Unreachable {
        forget(kind);
        all();
        Optional<Kind> now = Optional.ofNullable(preferred.get(kind.groupKind()));
        if (now.filter(other -> other.version().equals(kind.version())).isPresent()) {
            throw new Unreachable(
                    "the API server " + api.server() + " says that it serves " + kind.type() + ", but does not (yet)",
                    true,
                    new IllegalStateException("HTTP 404"));
        }
        return now;
    }

    /** The kind as ApplySets name it, such as {@code Deployment.apps}; empty where the server does not serve it. */
    Optional<Kind> named(String groupKind) throws Unreachable {
        Kind kind = preferred.get(groupKind);
        if (kind == null) {
            all();
            kind = preferred.get(groupKind);
        }
        return Optional.ofNullable(kind);
    }

    /** Kinds by nearest spelling, for messages: the types of the same kind in other versions or groups. */
    List<String> similar(String type) throws Unreachable {
        String kind = type.substring(type.lastIndexOf('/') + 1);
        return all().stream()
                .filter(other -> other.kind().equalsIgnoreCase(kind))
                .map(Kind::type)
                .sorted()
                .limit(3)
                .toList();
    }

    /**
     * Every kind of object that we could manage, each once, in the version that the server prefers.
     *
     * @throws Unreachable if discovery is refused
     */
    List<Kind> all() throws Unreachable {
        Map<String, Kind> kinds = new HashMap<>();
        for (String root : List.of("/api", "/apis")) {
            Reply reply = api.send(new Call("GET", root, DISCOVERY, "", null), Patience.SHORT);
            if (!reply.ok()) {
                throw silent(reply);
            }
            Look.maps(reply.body(), "items").forEach(group -> read(group, kinds));
        }
        preferred = Map.copyOf(kinds);
        return List.copyOf(kinds.values());
    }

    private void read(Map<String, Object> group, Map<String, Kind> kinds) {
        String name = Look.text(group, "metadata", "name");
        for (Map<String, Object> version : Look.maps(group, "versions")) {
            for (Map<String, Object> resource : Look.maps(version, "resources")) {
                Kind kind = new Kind(
                        name,
                        Look.text(version, "version"),
                        Look.text(resource, "responseKind", "kind"),
                        Look.text(resource, "resource"),
                        Look.text(resource, "scope").equals("Namespaced"),
                        Set.copyOf(Look.list(resource, "verbs").stream()
                                .map(String::valueOf)
                                .distinct()
                                .toList()));
                if (kind.manageable()) {
                    known.putIfAbsent(kind.type(), kind);
                    kinds.putIfAbsent(kind.groupKind(), kind); // versions come in order of preference
                }
            }
        }
    }

    private Unreachable silent(Reply reply) {
        return new Unreachable(
                "the API server " + api.server() + " does not say what it serves: " + reply.message(),
                reply.passing(),
                new IllegalStateException("HTTP " + reply.code()));
    }

    private void load(String apiVersion) throws Unreachable {
        if (!apiVersion.matches("([a-z0-9.-]{1,253}/)?v[a-z0-9]{1,62}")) {
            return; // nothing that could be asked for
        }
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        String root = slash < 0 ? "/api/" : "/apis/";
        Reply reply = api.send(Call.read(root + apiVersion), Patience.SHORT);
        if (!reply.ok() && !reply.missing()) {
            throw silent(reply);
        }
        List<Kind> kinds = new ArrayList<>();
        for (Map<String, Object> resource : Look.maps(reply.body(), "resources")) {
            Kind kind = Kind.of(group, apiVersion.substring(slash + 1), resource);
            if (kind != null) {
                kinds.add(kind);
            }
        }
        kinds.forEach(kind -> known.put(kind.type(), kind));
    }
}

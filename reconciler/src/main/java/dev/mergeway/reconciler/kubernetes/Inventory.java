package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Live;
import dev.mergeway.reconciler.resource.Look;
import dev.mergeway.reconciler.resource.Ownership;
import dev.mergeway.schema.model.KubernetesScope;
import dev.mergeway.schema.model.ResourceKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * What is ours, by labels, as an ApplySet (KEP-3659) of each environment: a parent object names the kinds of its
 * members, so that nobody has to look through all kinds; without it that is what happens.
 */
final class Inventory {
    static final String KINDS = "applyset.kubernetes.io/contains-group-kinds";
    static final String ID = "applyset.kubernetes.io/id";
    static final String TOOLING = "applyset.kubernetes.io/tooling";

    /** Where members are besides the parent's own namespace: all of an environment is in the one of its name. */
    static final String NAMESPACES = "applyset.kubernetes.io/additional-namespaces";

    private static final int TRIES = 10;
    private static final Duration LATELY = Duration.ofSeconds(60);

    private final Api api;
    private final Kinds kinds;
    private final ClusterAccess access;
    private final Map<String, Set<String>> included = new ConcurrentHashMap<>();

    /** What was found in environments without a parent object, which is a question to every kind there is. */
    private final Map<String, Orphans> orphans = new ConcurrentHashMap<>();

    private record Orphans(Set<String> groupKinds, long at) {}

    private final ReentrantLock including = new ReentrantLock();
    private volatile Consumer<Kind> listener = _ -> {};

    Inventory(Api api, Kinds kinds, ClusterAccess access) {
        this.api = api;
        this.kinds = kinds;
        this.access = access;
    }

    /**
     * Names the kind in the environment's parent object, before its first member is made: a member of a kind that the
     * parent does not name would be lost.
     */
    void include(String environment, Kind kind) throws Unreachable {
        listener.accept(kind);
        if (isIncluded(environment, kind)) {
            return;
        }
        including.lock();
        try {
            for (int tries = 1; !isIncluded(environment, kind) && !written(environment, kind); tries++) {
                if (tries == TRIES) {
                    throw refused("changed too often while it was written", true);
                }
                api.waitFor(Patience.after(tries, Duration.ZERO));
            }
        } finally {
            including.unlock();
        }
    }

    /** Who wants to know of every kind whose members are about to be made, again and again. */
    void whenIncluded(Consumer<Kind> listener) {
        this.listener = listener;
    }

    /** The kind in another version, where it is not served in this one any more; see {@link Kinds#instead}. */
    Optional<Kind> instead(Kind kind) throws Unreachable {
        return kinds.instead(kind);
    }

    /** Removes the parent object of an environment of which nothing is left. */
    void forgetIfEmpty(String environment) throws Unreachable {
        Reply parent = api.send(Call.read(parentPath(environment)), Patience.SHORT);
        if (!parent.ok() || !list(environment).isEmpty()) {
            return;
        }
        included.remove(environment);
        // Where that is refused, or somebody was faster, an empty set stays, which harms nobody.
        api.send(Call.delete(parentPath(environment), parent.body(), "Background"), Patience.SHORT);
    }

    private boolean isIncluded(String environment, Kind kind) {
        return included.getOrDefault(environment, Set.of()).contains(kind.groupKind());
    }

    /** Everything of the environment; bodies hold the metadata alone. */
    List<Live> list(String environment) throws Unreachable {
        Reply parent = api.send(Call.read(parentPath(environment)), Patience.SHORT);
        if (!parent.ok() && !parent.missing()) {
            throw refused(parent.message(), parent.passing());
        }
        boolean guided = parent.ok();
        List<Kind> where = guided ? named(groupKinds(parent.body())) : kinds.all();
        List<Live> found = new ArrayList<>();
        Parallel.map(where, kind -> members(kind, environment, guided)).forEach(found::addAll);
        if (!guided) {
            Set<String> groupKinds = new TreeSet<>();
            found.forEach(live -> groupKinds.add(Kinds.groupKind(live.key().type())));
            orphans.put(environment, new Orphans(groupKinds, System.nanoTime()));
        }
        return found;
    }

    /** The group kinds that a parent object names. */
    static Set<String> groupKinds(Map<String, Object> parent) {
        String text = Look.text(parent, "metadata", "annotations", KINDS);
        Set<String> names = new TreeSet<>(Arrays.asList(text.split(",", -1)));
        names.remove("");
        return names;
    }

    /** Where the parent objects are. */
    String parents() {
        return "/api/v1/namespaces/" + access.home() + "/configmaps";
    }

    /** The key of a member, in the version in which we applied it: specifications may use an older one than the server likes. */
    ResourceKey key(Kind kind, Map<String, Object> object) {
        String apiVersion = Look.maps(object, "metadata", "managedFields").stream()
                .filter(FieldSet::isOurs)
                .map(entry -> Look.text(entry, "apiVersion"))
                .findFirst()
                .orElse(kind.apiVersion());
        return new ResourceKey(
                "kubernetes",
                access.name(),
                apiVersion + "/" + kind.kind(),
                namespace(kind, object),
                Look.text(object, "metadata", "name"));
    }

    /**
     * Specifications do not know whether a custom kind lives in namespaces, and take it to live in the one of their
     * environment: so a key has that, though the server leaves it out.
     */
    private static String namespace(Kind kind, Map<String, Object> object) {
        return kind.namespaced() || KubernetesScope.clusterScoped(kind.apiVersion(), kind.kind())
                ? Look.text(object, "metadata", "namespace")
                : Look.text(object, "metadata", "labels", Ownership.ENVIRONMENT);
    }

    List<Kind> named(Set<String> groupKinds) throws Unreachable {
        List<Kind> named = new ArrayList<>();
        for (String groupKind : groupKinds) {
            kinds.named(groupKind).ifPresent(named::add); // one that is not served has no objects
        }
        return named;
    }

    private List<Live> members(Kind kind, String environment, boolean guided) throws Unreachable {
        Pages pages = Pages.all(api, kind.path(""), Ownership.ENVIRONMENT + "=" + environment);
        Reply answer = pages.answer();
        if (!guided && answer.code() == 403) {
            return List.of(); // nothing that we could ever have made
        }
        if (answer.notServed()) {
            Optional<Kind> other = kinds.instead(kind);
            return other.isPresent() ? members(other.get(), environment, guided) : List.of(); // gone with its CRD
        }
        if (!answer.ok()) {
            boolean passing = answer.passing() || answer.code() == 410;
            throw refused(kind.type() + " cannot be listed: " + answer.message(), passing);
        }
        return pages.items().stream()
                .flatMap(item -> member(kind, item).stream())
                .toList();
    }

    /** Labels alone do not make it ours: controllers copy those of a Service to its EndpointSlices, and people copy objects. */
    private Optional<Live> member(Kind kind, Map<String, Object> item) {
        if (Look.maps(item, "metadata", "managedFields").stream().noneMatch(FieldSet::isOurs)) {
            return Optional.empty();
        }
        ResourceKey key = key(kind, item);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("apiVersion", key.type().substring(0, key.type().lastIndexOf('/')));
        body.put("kind", kind.kind());
        body.put("metadata", Look.map(item, "metadata"));
        Live live = new Live(key, body, Look.text(item, "metadata", "resourceVersion"));
        return live.owner().isPresent() ? Optional.of(live) : Optional.empty();
    }

    private boolean written(String environment, Kind kind) throws Unreachable {
        Reply reply = api.send(Call.read(parentPath(environment)), Patience.LONG);
        if (!reply.ok() && !reply.missing()) {
            throw refused(reply.message(), reply.passing());
        }
        Set<String> names = groupKinds(reply.body());
        if (reply.missing()) {
            // Lost or new: what is there already must be named too, or it would never be found again.
            names.addAll(orphaned(environment));
        }
        if (names.add(kind.groupKind()) || reply.missing()) {
            Reply answer = write(environment, names, Look.text(reply.body(), "metadata", "resourceVersion"));
            if (answer.code() == 409 || Refusals.ofNamespace(answer)) {
                return false;
            }
            if (!answer.ok()) {
                throw refused(answer.message(), answer.passing());
            }
        }
        included.put(environment, Set.copyOf(names));
        return true;
    }

    /** A plan of the environment has just asked this: members are made by its runs alone, of which there is one at a time. */
    private Set<String> orphaned(String environment) throws Unreachable {
        Orphans known = orphans.get(environment);
        if (known == null || System.nanoTime() - known.at() > LATELY.toNanos()) {
            list(environment);
        }
        Orphans found = orphans.remove(environment);
        return found == null ? Set.of() : found.groupKinds();
    }

    private Reply write(String environment, Set<String> names, String version) throws Unreachable {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", Marks.parent(environment));
        metadata.put("namespace", access.home());
        metadata.put(
                "labels",
                Map.of(ID, Marks.setId(environment, access.home()), "app.kubernetes.io/managed-by", "mergeway"));
        metadata.put(
                "annotations", Map.of(TOOLING, "mergeway/v1", NAMESPACES, environment, KINDS, String.join(",", names)));
        if (version.isEmpty()) {
            ensureHome();
            Map<String, Object> fresh = Map.of("apiVersion", "v1", "kind", "ConfigMap", "metadata", metadata);
            return api.send(Call.send("POST", parents() + "?fieldManager=" + Api.MANAGER, fresh), Patience.LONG);
        }
        metadata.put("resourceVersion", version);
        Map<String, Object> body = Map.of("apiVersion", "v1", "kind", "ConfigMap", "metadata", metadata);
        return api.send(Call.apply(parentPath(environment), body, false, true), Patience.LONG);
    }

    private void ensureHome() throws Unreachable {
        Map<String, Object> namespace = Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Namespace",
                "metadata",
                Map.of("name", access.home(), "labels", Map.of("app.kubernetes.io/managed-by", "mergeway")));
        String path = "/api/v1/namespaces/" + access.home();
        if (api.send(Call.readMetadata(path), Patience.LONG).missing()) {
            Reply reply = api.send(Call.apply(path, namespace, false, false), Patience.LONG);
            if (!reply.ok()) {
                throw refused(reply.message(), reply.passing());
            }
        }
    }

    private String parentPath(String environment) {
        return parents() + "/" + Marks.parent(environment);
    }

    private Unreachable refused(String why, boolean passing) {
        return new Unreachable(
                "the inventory in namespace " + access.home() + " of " + api.server() + " cannot be used: " + why,
                passing,
                new IllegalStateException(why));
    }
}

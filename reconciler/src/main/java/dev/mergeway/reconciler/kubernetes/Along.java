package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Look;
import dev.mergeway.reconciler.resource.Ownership;
import dev.mergeway.schema.model.ResourceKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What Kubernetes deletes along with a namespace or a CRD. What we may not list, we do not know of. */
final class Along {
    /** Enough of a kind to say what it is about. */
    private static final String PAGE = "50";

    /** Kinds whose objects come and go by themselves. */
    private static final Set<String> PASSING = Set.of(
            "Event", "Event.events.k8s.io", "Endpoints", "EndpointSlice.discovery.k8s.io", "Lease.coordination.k8s.io");

    /** What controllers put into each namespace: Kubernetes itself, OpenShift and Istio. */
    private static final Pattern EVERYWHERE = Pattern.compile("(ConfigMap (kube-root-ca|openshift-service-ca)\\.crt"
            + "|ConfigMap istio-ca-root-cert|ServiceAccount (default|builder|deployer)|RoleBinding\\S* system:.*)");

    private final Api api;
    private final Kinds kinds;
    private final Inventory inventory;

    Along(Api api, Kinds kinds, Inventory inventory) {
        this.api = api;
        this.kinds = kinds;
        this.inventory = inventory;
    }

    /** What goes with the object and is not of this environment. */
    List<ResourceKey> of(ResourceKey key, String environment) throws Unreachable {
        return switch (key.type()) {
            case "v1/Namespace" -> {
                List<Kind> inside = kinds.all().stream().filter(Along::stays).toList();
                List<ResourceKey> found = new ArrayList<>();
                Parallel.map(inside, kind -> strange(kind, key.name(), environment))
                        .forEach(found::addAll);
                yield found.stream().sorted().toList();
            }
            case "apiextensions.k8s.io/v1/CustomResourceDefinition" -> instances(key, environment);
            default -> List.of();
        };
    }

    private static boolean stays(Kind kind) {
        return kind.namespaced() && !PASSING.contains(kind.groupKind());
    }

    private List<ResourceKey> instances(ResourceKey definition, String environment) throws Unreachable {
        Optional<Kind> kind = kinds.all().stream()
                .filter(one -> (one.plural() + "." + one.group()).equals(definition.name()))
                .findFirst();
        return kind.isPresent() ? strange(kind.get(), "", environment) : List.of();
    }

    private List<ResourceKey> strange(Kind kind, String namespace, String environment) throws Unreachable {
        Map<String, String> query = new LinkedHashMap<>();
        // Of ours there may be thousands, of which nobody wants to hear here.
        query.put("labelSelector", Ownership.ENVIRONMENT + "!=" + environment);
        query.put("limit", PAGE);
        Reply reply = api.send(Call.listMetadata(Call.query(kind.path(namespace), query)), Patience.SHORT);
        return Look.maps(reply.body(), "items").stream()
                .filter(item -> Look.maps(item, "metadata", "ownerReferences").isEmpty()) // it goes with its owner
                .filter(item -> !EVERYWHERE
                        .matcher(kind.groupKind() + " " + Look.text(item, "metadata", "name"))
                        .matches())
                .map(item -> inventory.key(kind, item))
                .toList();
    }
}

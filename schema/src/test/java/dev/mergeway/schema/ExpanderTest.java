package dev.mergeway.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.blueprint.Fixtures;
import dev.mergeway.schema.expression.Pointers;
import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.Expansion;
import dev.mergeway.schema.model.Files;
import dev.mergeway.schema.model.Late;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ExpanderTest {
    private static final String SHOP = """
            kind: Web
            metadata: { name: cart }
            spec:
              service: {}
              containers:
                main:
                  image: ghcr.io/acme/cart:1
                  variables:
                    HOST: ${resources.db.host}
                    USER: ${resources.db.username}
                    PASSWORD: ${resources.db.password}
                    URL: "jdbc:${resources.db.url}?x=$${y}"
                    QUEUE: ${resources.orders.url}
                    NAME: ${metadata.name}
              resources:
                db: { type: database, params: { storageGb: 20 } }
                orders: { type: queue }
            """;

    private final Expander expander = new Expander(Fixtures.catalogue());

    private Expansion expand(String yaml) {
        return expander.expand(Fixtures.environment("shop-dev"), Fixtures.specs("shop/cart.yaml", yaml), Files.NONE);
    }

    private static ConcreteResource resource(Expansion expansion, String name) {
        return expansion.resources().stream()
                .filter(resource ->
                        (resource.key().kind() + "/" + resource.key().name()).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " not among "
                        + expansion.resources().stream()
                                .map(ConcreteResource::key)
                                .toList()));
    }

    private static @Nullable Object at(ConcreteResource resource, String pointer) {
        return Pointers.find(resource.body(), Pointers.path(pointer));
    }

    @Test
    void aSpecWithResourcesExpandsInOrder() {
        Expansion expansion = expand(SHOP);
        assertThat(expansion.findings()).isEmpty();
        assertThat(expansion.resources().stream()
                        .map(r -> r.key().kind() + "/" + r.key().name()))
                .containsExactly(
                        "Secret/cart-db-credentials",
                        "Service/cart",
                        "StatefulSet/cart-db",
                        "Secret/cart-env",
                        "Queue/shop-dev-cart-orders",
                        "ConfigMap/cart-orders-queue",
                        "Deployment/cart");
    }

    @Test
    void secretsGoIntoTheSecretAlone() throws Exception {
        Expansion expansion = expand(SHOP);
        ConcreteResource secret = resource(expansion, "Secret/cart-env");
        Late password = (Late) java.util.Objects.requireNonNull(at(secret, "/data/main.PASSWORD"));
        assertThat(password.secret()).isTrue();
        ConcreteResource credentials = resource(expansion, "Secret/cart-db-credentials");
        assertThat(at(credentials, "/data/password")).isEqualTo(new Late.Generated(24));
        assertThat(at(credentials, "/data/username")).isEqualTo("YXBw");
        Late.Deferred url = (Late.Deferred) java.util.Objects.requireNonNull(at(secret, "/data/main.URL"));
        Object resolved = url.resolver()
                .resolve(Map.of(credentials.key(), Map.of("data", Map.of("password", "c2VjcmV0", "username", "YXBw"))));
        assertThat(new String(
                        java.util.Base64.getDecoder().decode(resolved.toString()),
                        java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("jdbc:db://app:secret@cart-db:5432?x=${y}");
    }

    @Test
    void placeholdersAndProvenance() {
        Expansion expansion = expand(SHOP);
        ConcreteResource deployment = resource(expansion, "Deployment/cart");
        List<?> env = (List<?>) at(deployment, "/spec/template/spec/containers/0/env");
        assertThat(env).hasSize(6);
        assertThat(deployment.provenance())
                .containsEntry("/spec/template/spec/containers/0/image", "/spec/containers/main/image");
        assertThat(deployment.key().namespace()).isEqualTo("shop-dev");
        assertThat(at(deployment, "/metadata/namespace")).isEqualTo("shop-dev");
        assertThat(at(deployment, "/spec/replicas")).isEqualTo(1L);
        assertThat(deployment.dependsOn())
                .contains(resource(expansion, "StatefulSet/cart-db").key());
    }

    @Test
    void aLateValueReadsTheLiveResource() throws Exception {
        ConcreteResource binding = resource(expand(SHOP), "ConfigMap/cart-orders-queue");
        Late.Deferred note = (Late.Deferred) java.util.Objects.requireNonNull(at(binding, "/data/note"));
        assertThat(note.text()).isEqualTo("at ${queue.QueueUrl}!");
        assertThat(note.secret()).isFalse();
        assertThat(note.resolver().resolve(Map.of(note.needs().getFirst(), Map.of("QueueUrl", "https://q"))))
                .isEqualTo("at https://q!");
    }

    @Test
    void readyLooksAtTheLiveBody() {
        ConcreteResource server = resource(expand(SHOP), "StatefulSet/cart-db");
        assertThat(server.ready()).hasSize(1);
        assertThat(server.ready().getFirst().test().test(Map.of("status", Map.of("readyReplicas", 1))))
                .isTrue();
        assertThat(server.ready().getFirst().test().test(Map.of())).isFalse();
        assertThat(server.stateful()).isTrue();
    }
}

package dev.mergeway.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.blueprint.Catalogue;
import dev.mergeway.schema.model.Blueprint;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Late;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Everything under {@code examples/} that a newcomer may copy. */
class ExamplesTest {
    private static final Folder PLATFORM = new Folder(SharedData.checkout("examples/platform"));
    private static final Folder SHOP = new Folder(SharedData.checkout("examples/shop"));

    @Test
    void everyFileIsReadWithoutAFinding() {
        Folder examples = new Folder(SharedData.checkout("examples"));
        List<FileContent> contents = examples.contents(Catalogue.shipped());
        assertThat(contents)
                .hasSizeGreaterThan(10)
                .allSatisfy(content -> assertThat(content.findings()).isEmpty());
    }

    @Test
    void thePlatformsBlueprintsLoad() {
        assertThat(blueprints()).isNotEmpty();
        assertThat(Catalogue.shipped().with(blueprints()).findings()).isEmpty();
        assertThat(catalogue().ofKind("Bucket")).isPresent();
    }

    @Test
    void thePoliciesMatchKindsThatExist() {
        assertThat(PLATFORM.contents(Catalogue.shipped()).stream().flatMap(content -> content.policies().stream()))
                .hasSize(3)
                .allSatisfy(policy -> assertThat(policy.kinds())
                        .allSatisfy(kind -> assertThat(catalogue().ofKind(kind)).isPresent()));
    }

    @Test
    void theShopExpands() {
        Expanded shop = shop();
        assertThat(shop.findings()).isEmpty();
        assertThat(shop.names().stream().filter(name -> name.startsWith("Deployment/")))
                .hasSize(12);
        assertThat(shop.names())
                .startsWith("Namespace/shop-dev")
                .contains("ResourceQuota/environment", "NetworkPolicy/environment", "PodDisruptionBudget/frontend")
                .contains("StatefulSet/cart-redis", "StatefulSet/orders-db", "Queue/shop-dev-orders");
    }

    @Test
    void theQueueThatTwoShareIsMadeOnce() {
        Expanded shop = shop();
        assertThat(shop.names().stream().filter(name -> name.startsWith("Queue/")))
                .hasSize(1);
        assertThat(shop.at("Deployment/checkout", "/spec/template/spec/containers/0/env/7/value"))
                .isInstanceOf(Late.Deferred.class);
        assertThat(shop.resource("Deployment/checkout").dependsOn())
                .contains(shop.resource("Queue/shop-dev-orders").key());
    }

    @Test
    void theFrontendIsOnTheWeb() {
        assertThat(shop().at("Ingress/frontend", "/spec/rules/0/host")).isEqualTo("frontend.shop-dev.localhost");
        assertThat(shop().at("Ingress/frontend", "/spec/rules/0/http/paths/0/backend/service"))
                .isEqualTo(Map.of("name", "frontend", "port", Map.of("name", "http")));
    }

    private static List<Blueprint> blueprints() {
        return PLATFORM.contents(Catalogue.shipped()).stream()
                .flatMap(content -> content.blueprints().stream())
                .toList();
    }

    private static Catalogue catalogue() {
        return Catalogue.shipped().with(blueprints()).catalogue();
    }

    private static Expanded shop() {
        Environment environment = SHOP.contents(catalogue()).stream()
                .flatMap(content -> content.environments().stream())
                .findFirst()
                .orElseThrow();
        return SHOP.expand(catalogue(), environment, "");
    }
}

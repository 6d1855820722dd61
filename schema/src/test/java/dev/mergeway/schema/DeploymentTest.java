package dev.mergeway.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.blueprint.Catalogue;
import dev.mergeway.schema.model.Expansion;
import dev.mergeway.schema.model.Files;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** What a Deployment becomes in Kubernetes where its rules are narrower than ours. */
class DeploymentTest {
    private static Expanded expand(String spec) {
        String text = """
                apiVersion: mergeway.dev/v1
                kind: Deployment
                metadata: { name: shop, labels: { owner: bob } }
                spec:
                """ + spec.indent(2);
        FileContent content = new SpecReader(Catalogue.shipped()).read("shop.yaml", text.getBytes(UTF_8));
        assertThat(content.findings()).isEmpty();
        Expansion expansion =
                new Expander(Catalogue.shipped()).expand(Folder.environment("shop-dev"), content.specs(), Files.NONE);
        assertThat(expansion.findings()).isEmpty();
        return new Expanded(expansion.resources(), expansion.findings());
    }

    @Test
    void whateverIsMadeHasTheLabelsOfTheSpec() {
        Expanded all = expand("""
                containers: { main: { image: "shop:1", variables: { PASSWORD: "${resources.db.password}" } } }
                service: { ports: { web: { port: 80 } } }
                resources: { db: { type: postgres } }
                """);
        assertThat(all.names())
                .contains("Service/shop", "Secret/shop-secrets", "ServiceAccount/shop", "Deployment/shop");
        for (String name : List.of("Service/shop", "Secret/shop-secrets", "ServiceAccount/shop", "Deployment/shop")) {
            assertThat(all.at(name, "/metadata/labels"))
                    .as(name)
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsEntry("owner", "bob");
        }
    }

    @Test
    void aVolumeAtTmpIsTheTmpOfAReadOnlyContainer() {
        Expanded all = expand("""
                containers: { main: { image: "shop:1", volumes: { /tmp: { source: scratch } } } }
                securityContext: { readOnlyRootFilesystem: true }
                """);
        assertThat(all.at("Deployment/shop", "/spec/template/spec/containers/0/volumeMounts"))
                .isEqualTo(List.of(Map.of("name", "volume-scratch", "mountPath", "/tmp")));
    }

    @Test
    void aPortOfALongNameIsRoutedToByItsNumber() {
        Expanded all = expand("""
                containers: { main: { image: "shop:1" } }
                service: { ports: { a-rather-long-name: { port: 8080 } } }
                route: { host: shop.example.com, port: a-rather-long-name }
                """);
        assertThat(all.at("Ingress/shop", "/spec/rules/0/http/paths/0/backend/service/port"))
                .isEqualTo(Map.of("number", 8080L));
    }
}

package dev.mergeway.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.blueprint.Catalogue;
import dev.mergeway.schema.model.Finding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands for an image, as a cluster reads it: it says no only once a pod is to start. */
class ImageNameTest {
    private static List<Finding> findings(String image) {
        String spec = """
                apiVersion: mergeway.dev/v1
                kind: Deployment
                metadata: { name: shop }
                spec: { containers: { main: { image: "%s" } } }
                """.formatted(image);
        return new SpecReader(Catalogue.shipped())
                .read("shop.yaml", spec.getBytes(StandardCharsets.UTF_8))
                .findings();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nginx",
                "nginx:1.29",
                "docker.io/library/postgres:17.6-bookworm",
                "localhost:5000/shop/cart:v1.0.0_RC1",
                "REGISTRY.example.com/shop",
                "ghcr.io/acme/a__b.c-d:1@sha256:0000000000000000000000000000000000000000000000000000000000000000",
                "${metadata.annotations.image}",
                "ghcr.io/acme/shop:${metadata.annotations.tag}",
                "${metadata.annotations.registry}/shop:1"
            })
    void isTaken(String image) {
        assertThat(findings(image)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hub.docker.com/nginx:1",
                "Nginx:1",
                "ghcr.io/Acme/shop:1",
                "nginx:1:2",
                "nginx:",
                "nginx:1@",
                "docker pull nginx"
            })
    void isRefused(String image) {
        assertThat(findings(image)).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("schema/pattern");
            assertThat(finding.hint()).contains("ghcr.io/acme/checkout:1.9.2");
        });
    }
}

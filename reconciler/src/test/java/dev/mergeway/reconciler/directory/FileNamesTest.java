package dev.mergeway.reconciler.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.model.ResourceKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNamesTest {
    private static ResourceKey key(String type, String namespace, String name) {
        return new ResourceKey(type.startsWith("AWS") ? "aws" : "kubernetes", "dev", type, namespace, name);
    }

    @ParameterizedTest
    @CsvSource({
        "apps/v1/Deployment, shop-dev, checkout, deployment.apps-checkout.yaml",
        "v1/Service, shop-dev, checkout, service-checkout.yaml",
        "v1/Namespace, '', shop-dev, namespace-shop-dev.yaml",
        "v1/ConfigMap, other, checkout, configmap-checkout@other.yaml",
        "AWS::SQS::Queue, '', orders, queue.sqs.aws-orders.yaml",
        "networking.k8s.io/v1/NetworkPolicy, shop-dev, deny, networkpolicy.networking.k8s.io-deny.yaml",
    })
    void areReadable(String type, String namespace, String name, String file) {
        assertThat(FileNames.of(key(type, namespace, name), "shop-dev")).isEqualTo(file);
    }

    @Test
    void stayInTheFolderAndApartWhateverTheName() {
        Random random = new Random(7);
        List<String> parts =
                List.of("a", "B", "..", "/", "\\", ":", "-", ".", "@", "~", "\0", "\n", "é", " ", "x".repeat(90));
        Map<String, String> seen = new HashMap<>();
        for (int round = 0; round < 5_000; round++) {
            StringBuilder name = new StringBuilder();
            for (int part = random.nextInt(5); part >= 0; part--) {
                name.append(parts.get(random.nextInt(parts.size())));
            }
            String namespace = random.nextBoolean() ? "shop-dev" : parts.get(random.nextInt(parts.size()));
            String type = List.of("v1/ConfigMap", "apps/v1/Deployment", "my-group/v1/Thing", "my/v1/Thing")
                    .get(random.nextInt(4));
            String file = FileNames.of(key(type, namespace, name.toString()), "shop-dev");
            assertThat(file).matches("[a-z0-9][a-z0-9.@~-]*\\.yaml").hasSizeLessThan(255);
            String identity = type + "|" + namespace + "|" + name;
            assertThat(seen.putIfAbsent(file, identity)).isIn(null, identity);
        }
    }
}

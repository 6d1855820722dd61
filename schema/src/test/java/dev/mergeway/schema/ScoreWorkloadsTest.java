package dev.mergeway.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.blueprint.Catalogue;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Late;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Score workloads that nobody here wrote, from file to objects. */
class ScoreWorkloadsTest {
    private static final Catalogue CATALOGUE = Catalogue.shipped();

    static Stream<String> workloads() {
        return scores().below("").stream().filter(SpecReader::isSpecFile);
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void everyWorkloadIsReadAndExpandedWithoutAnError(String file) {
        Expanded expanded = expand(file);
        assertThat(expanded.errors()).isEmpty();
        assertThat(expanded.names()).anyMatch(name -> name.startsWith("Deployment/"));
    }

    @Test
    void onlyTheMissingNeighbourIsWarnedOf() {
        assertThat(workloads().flatMap(file -> expand(file).findings().stream()))
                .extracting(Finding::rule, Finding::file)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("score/missing-file", "specification/files/score.yaml"));
    }

    @Test
    void filesAreMountedFromAConfigMap() {
        Expanded files = expand("specification/files/score.yaml");
        assertThat(files.at("ConfigMap/my-workload-files", "/data/my-container..fileB.txt"))
                .isEqualTo("I am fileB!\n");
        assertThat(files.at("ConfigMap/my-workload-files", "/binaryData/my-container..fileC.bin"))
                .isEqualTo("aGVsbG8gd29ybGQ=");
        assertThat(files.at("Deployment/my-workload", "/spec/template/spec/containers/0/volumeMounts/0"))
                .isEqualTo(Map.of(
                        "name",
                        "files",
                        "mountPath",
                        "/fileA.txt",
                        "subPath",
                        "my-container..fileA.txt",
                        "readOnly",
                        true));
        assertThat(files.at("Deployment/my-workload", "/spec/template/spec/volumes/0/configMap/items/0/mode"))
                .isEqualTo(0644L);
    }

    @Test
    void aVolumeIsAClaimThatIsMounted() {
        Expanded volumes = expand("specification/volumes/score.yaml");
        assertThat(volumes.resource("PersistentVolumeClaim/my-workload-data").stateful())
                .isTrue();
        assertThat(volumes.at(
                        "Deployment/my-workload", "/spec/template/spec/volumes/0/persistentVolumeClaim/claimName"))
                .isEqualTo("my-workload-data");
        assertThat(volumes.at("Deployment/my-workload", "/spec/template/spec/containers/0/volumeMounts/0/mountPath"))
                .isEqualTo("/data");
        assertThat(volumes.at("Deployment/my-workload", "/spec/strategy")).isEqualTo(Map.of("type", "Recreate"));
    }

    @Test
    void annotationsReachThePods() {
        assertThat(expand("specification/annotations/score.yaml")
                        .at("Deployment/my-workload", "/spec/template/metadata/annotations"))
                .isEqualTo(Map.of("podscoreannotationkey", "podscoreannotationvalue"));
    }

    @Test
    void aServiceHasThePortsAndProtocols() {
        assertThat(expand("specification/service/score.yaml").at("Service/my-workload", "/spec/ports"))
                .isEqualTo(List.of(
                        Map.of("name", "www", "port", 8080L, "targetPort", 3001L, "protocol", "TCP"),
                        Map.of("name", "stream", "port", 19245L, "targetPort", 19245L, "protocol", "UDP")));
    }

    @Test
    void aRouteSendsItsHostToTheWorkload() {
        Expanded dns = expand("resources/dns/score.yaml");
        assertThat(dns.at("Ingress/my-workload-route", "/spec/rules/0/host"))
                .isEqualTo("my-workload.shop-dev.localhost");
        assertThat(dns.at("Ingress/my-workload-route", "/spec/rules/0/http/paths/0/backend/service"))
                .isEqualTo(Map.of("name", "my-workload", "port", Map.of("number", 8080L)));
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aDatabaseComesWithAPasswordThatNobodySees(String type, int variables) {
        Expanded database = expand("resources/" + type + "/score.yaml");
        String instance = "my-workload-my-" + type;
        assertThat(database.names())
                .contains(
                        "StatefulSet/" + instance,
                        "Service/" + instance,
                        "PersistentVolumeClaim/" + instance + "-data");
        assertThat(database.at("Secret/" + instance, "/data/password")).isInstanceOf(Late.Generated.class);
        assertThat(database.at("Deployment/my-workload", "/spec/template/spec/containers/0/env"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(variables)
                .first()
                .isEqualTo(Map.of("name", type.toUpperCase(java.util.Locale.ROOT) + "_HOST", "value", instance));
        assertThat(database.at(
                        "Deployment/my-workload",
                        "/spec/template/spec/containers/0/env/" + (variables - 1) + "/valueFrom/secretKeyRef/name"))
                .isEqualTo("my-workload-secrets");
        assertThat(database.resource("Secret/my-workload-secrets").dependsOn())
                .contains(database.resource("Secret/" + instance).key());
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> databases() {
        return Map.of("redis", 4, "postgres", 5, "mysql", 5, "amqp", 5).entrySet().stream()
                .map(each -> org.junit.jupiter.params.provider.Arguments.of(each.getKey(), each.getValue()));
    }

    @Test
    void theOnlineBoutiqueFitsTogether() {
        Expanded boutique = scores().expand(CATALOGUE, Folder.environment("shop-dev"), "samples/onlineboutique");
        assertThat(boutique.errors()).isEmpty();
        assertThat(boutique.names().stream().filter(name -> name.startsWith("Deployment/")))
                .hasSize(11);
        assertThat(boutique.names().stream().filter(name -> name.startsWith("Service/")))
                .hasSize(11);
        assertThat(boutique.at("Deployment/frontend", "/spec/template/spec/containers/0/env/1"))
                .isEqualTo(Map.of("name", "CART_SERVICE_ADDR", "value", "cart:7070"));
        assertThat(boutique.at("Deployment/cart", "/spec/template/spec/containers/0/env/0/valueFrom/secretKeyRef"))
                .isEqualTo(Map.of("name", "cart-secrets", "key", "cart.REDIS_ADDR"));
        assertThat(boutique.at("Secret/cart-secrets", "/data/cart.REDIS_ADDR")).isInstanceOf(Late.Deferred.class);
        assertThat(boutique.at(
                        "Deployment/frontend",
                        "/spec/template/spec/containers/0/readinessProbe/httpGet/httpHeaders/0/value"))
                .isEqualTo("shop_session-id=x-readiness-probe");
    }

    private static Folder scores() {
        return new Folder(SharedData.folder("score"));
    }

    private static Expanded expand(String file) {
        return scores().expand(CATALOGUE, Folder.environment("shop-dev"), file);
    }
}

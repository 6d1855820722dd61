package dev.mergeway.schema.blueprint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.blueprint.KubernetesRights.Rule;
import dev.mergeway.schema.model.Blueprint;
import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.ResourceKey;
import dev.mergeway.schema.model.SpecKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rights the objects that are made need. */
class KubernetesRightsTest {
    private static final Rule OWN = new Rule("", List.of("configmaps", "namespaces"), KubernetesRights.CHANGE);
    private static final Rule EXPLAIN = new Rule("", List.of("events", "pods"), KubernetesRights.READ);
    private static final Rule EXPLAIN_APPS = new Rule("apps", List.of("replicasets"), KubernetesRights.READ);

    private static Blueprint blueprint(String kubernetes) {
        return Fixtures.blueprint("""
                apiVersion: mergeway.dev/v1
                kind: Blueprint
                metadata: { name: mine, version: 1.0.0 }
                spec:
                  provides: { kind: Mine }
                  parameters: { type: object, properties: { kind: { type: string } } }
                  resources:
                    one:
                      kubernetes: %s
                    bucket:
                      aws: AWS::S3::Bucket
                      properties: {}
                """.formatted(kubernetes));
    }

    private static KubernetesRights of(String kubernetes) {
        return KubernetesRights.of(List.of(blueprint(kubernetes)), List.of());
    }

    private static ConcreteResource resource(Map<String, Object> body) {
        ResourceKey key =
                new ResourceKey("kubernetes", "dev", body.get("apiVersion") + "/" + body.get("kind"), "shop", "one");
        SpecKey spec = new SpecKey("shop", "Manifests", "plain");
        return new ConcreteResource(key, body, false, List.of(), List.of(), spec, "plain.yaml", 1, Map.of());
    }

    @Test
    void withoutAnyBlueprintOnlyWhatTheServiceItselfNeeds() {
        assertThat(KubernetesRights.of(List.of(), List.of()))
                .isEqualTo(new KubernetesRights(List.of(OWN, EXPLAIN, EXPLAIN_APPS), List.of()));
    }

    @Test
    void aKindThatABlueprintMakesMayBeChanged() {
        assertThat(of("{ apiVersion: batch/v1, kind: CronJob, metadata: { name: one } }")
                        .rules())
                .containsExactly(
                        OWN, new Rule("batch", List.of("cronjobs"), KubernetesRights.CHANGE), EXPLAIN, EXPLAIN_APPS);
    }

    @Test
    void whatMayBeChangedMayBeReadAnyhow() {
        assertThat(of("{ apiVersion: v1, kind: Pod, metadata: { name: one } }").rules())
                .containsExactly(
                        new Rule("", List.of("configmaps", "namespaces", "pods"), KubernetesRights.CHANGE),
                        new Rule("", List.of("events"), KubernetesRights.READ),
                        EXPLAIN_APPS);
    }

    @Test
    void aKindThatDependsOnAParameterIsForAPersonToAllow() {
        KubernetesRights rights = of("{ apiVersion: v1, kind: '${params.kind}', metadata: { name: one } }");
        assertThat(rights.rules()).containsExactly(OWN, EXPLAIN, EXPLAIN_APPS);
        assertThat(rights.notes())
                .containsExactly("Resource one of blueprint mine has a kind that is not known beforehand: "
                        + "add a rule for each that it may have.");
    }

    @Test
    void theRightToGiveRightsIsNotGivenUnseen() {
        assertThat(of("{ apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: { name: one } }"))
                .satisfies(rights -> assertThat(rights.notes())
                        .containsExactly("To give others rights with a Role, the service must have them itself: "
                                + "bind and escalate are left out on purpose."))
                .satisfies(rights -> assertThat(rights.rules())
                        .contains(new Rule("rbac.authorization.k8s.io", List.of("roles"), KubernetesRights.CHANGE)));
    }

    @Test
    void aDefinitionBesideItTellsThePluralOfACustomKind() {
        Map<String, Object> sheep = Map.of("apiVersion", "farm.example.com/v1", "kind", "Sheep");
        Map<String, Object> spec =
                Map.of("group", "farm.example.com", "names", Map.of("kind", "Sheep", "plural", "sheep"));
        Map<String, Object> definition =
                Map.of("apiVersion", "apiextensions.k8s.io/v1", "kind", "CustomResourceDefinition", "spec", spec);
        KubernetesRights alone = KubernetesRights.of(List.of(), List.of(resource(sheep)));
        assertThat(alone.rules()).contains(new Rule("farm.example.com", List.of("sheeps"), KubernetesRights.CHANGE));
        assertThat(alone.notes()).singleElement().asString().contains("taken to be sheeps");
        KubernetesRights both = KubernetesRights.of(List.of(), List.of(resource(sheep), resource(definition)));
        assertThat(both.rules()).contains(new Rule("farm.example.com", List.of("sheep"), KubernetesRights.CHANGE));
        assertThat(both.notes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "NetworkPolicy, networkpolicies",
        "Ingress, ingresses",
        "StorageClass, storageclasses",
        "Endpoints, endpoints",
        "Gateway, gateways",
        "EndpointSlice, endpointslices",
    })
    void plurals(String kind, String plural) {
        assertThat(KubernetesKinds.plural(kind)).isEqualTo(plural);
    }
}

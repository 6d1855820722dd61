package dev.mergeway.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.model.Blueprint;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Policy;
import dev.mergeway.schema.model.Spec;
import dev.mergeway.schema.model.SpecKey;
import dev.mergeway.schema.model.Tier;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpecReaderTest {
    @Test
    void readsEverythingThatTheDesignShows() {
        FileContent content = TestKinds.read("specs/shop.yaml", Samples.EVERYTHING);
        assertThat(content.findings()).isEmpty();
        assertThat(content.environments()).hasSize(1);
        assertThat(content.specs()).map(Spec::kind).containsExactly("Deployment");
        assertThat(content.blueprints()).hasSize(1);
        assertThat(content.policies()).hasSize(1);
    }

    @Test
    void environment() {
        Environment environment =
                TestKinds.read("a.yaml", Samples.ENVIRONMENT).environments().getFirst();
        assertThat(environment.name()).isEqualTo("shop-dev");
        assertThat(environment.tier()).isEqualTo(Tier.DEV);
        assertThat(environment.targets()).isEqualTo(Map.of("kubernetes", "dev", "aws", "sandbox"));
        assertThat(environment.spec().metadata().team()).isEqualTo("shop");
        assertThat(environment.spec().body()).containsEntry("expires", "7d");
    }

    @Test
    void spec() {
        Spec spec = TestKinds.read("a.yaml", Samples.DEPLOYMENT).specs().getFirst();
        assertThat(spec.metadata().name()).isEqualTo("checkout");
        assertThat(spec.metadata().environment()).isEqualTo("shop-dev");
        assertThat(spec.body()).containsEntry("replicas", 2L);
        assertThat(spec.document().positions().of("/spec/replicas").line()).isEqualTo(5);
    }

    @Test
    void blueprint() {
        Blueprint blueprint =
                TestKinds.read("a.yaml", Samples.BLUEPRINT).blueprints().getFirst();
        assertThat(blueprint.version()).isEqualTo("1.2.0");
        assertThat(blueprint.kind()).isEqualTo("Queue");
        assertThat(blueprint.type()).isEqualTo("queue");
        assertThat(blueprint.clazz()).isEqualTo("default");
        assertThat(blueprint.resources()).map(Blueprint.Template::id).containsExactly("queue", "binding");
        Blueprint.Template queue = blueprint.resources().getFirst();
        assertThat(queue.provider()).isEqualTo("aws");
        assertThat(queue.type()).isEqualTo("AWS::SQS::Queue");
        assertThat(queue.body()).containsKey("QueueName");
        assertThat(queue.stateful()).isTrue();
        assertThat(blueprint.resources().get(1).when()).hasSize(1);
        assertThat(blueprint.outputs()).containsKey("url");
        assertThat(blueprint.monthlyUsd()).isEqualTo("${0.4}");
        assertThat(blueprint.examples()).containsExactly(Map.of(), Map.of("retentionDays", 14L));
    }

    @Test
    void policy() {
        Policy policy = TestKinds.read("a.yaml", Samples.POLICY).policies().getFirst();
        assertThat(policy.kinds()).containsExactly("Postgres");
        assertThat(policy.tiers()).containsExactly(Tier.PREVIEW);
        assertThat(policy.action()).isEqualTo(Policy.Action.DENY);
        assertThat(policy.rules().getFirst().fix()).isEqualTo(Map.of("spec.storageGb", 50L));
        assertThat(policy.tests()).map(Policy.Example::expect).containsExactly("deny", "allow");
        assertThat(policy.tests().getFirst().input()).isEqualTo(Map.of("spec", Map.of("storageGb", 100L)));
    }

    @Test
    void aBrokenDocumentHidesNoOther() {
        FileContent content = TestKinds.read(
                "a.yaml",
                Samples.ENVIRONMENT + "---\nkind: [\n---\n" + Samples.DEPLOYMENT.replace("image:", "imag:") + "---\n"
                        + Samples.POLICY);
        assertThat(content.findings()).map(Finding::rule).containsExactly("yaml/syntax", "schema/unknown-field");
        assertThat(content.environments()).hasSize(1);
        assertThat(content.specs()).isEmpty();
        assertThat(content.policies()).hasSize(1);
    }

    @Test
    void anEnvironmentWithAMistakeIsStillOne() {
        FileContent content = TestKinds.read("a.yaml", Samples.ENVIRONMENT.replace("tier: dev ", "tier: production "));
        assertThat(content.findings()).hasSize(1);
        assertThat(content.environments())
                .singleElement()
                .satisfies(environment -> assertThat(environment.tier()).isEqualTo(Tier.PROD));
    }

    @Test
    void namesMayRepeatInOtherEnvironmentsAndKinds() {
        String other = Samples.DEPLOYMENT.replace("environment: shop-dev", "environment: shop-prod");
        String database =
                "apiVersion: mergeway.dev/v1\nkind: Postgres\nmetadata: { name: checkout, environment: shop-dev }\n";
        FileContent content = TestKinds.read("a.yaml", String.join("---\n", Samples.DEPLOYMENT, other, database));
        assertThat(content.findings()).isEmpty();
        assertThat(content.specs()).hasSize(3);
    }

    @Test
    void ofTwoEqualSpecsTheFirstStays() {
        FileContent content = TestKinds.read(
                "a.yaml", Samples.DEPLOYMENT + "---\n" + Samples.DEPLOYMENT.replace("replicas: 2", "replicas: 3"));
        assertThat(content.findings()).map(Finding::rule).containsExactly("spec/duplicate");
        assertThat(content.specs())
                .singleElement()
                .satisfies(spec -> assertThat(spec.body()).containsEntry("replicas", 2L));
    }

    @Test
    void duplicatesInTwoFilesNameBoth() {
        SpecKey key = new SpecKey("shop-dev", "Deployment", "checkout");
        List<Finding> findings = Duplicates.of(List.of(
                new Duplicates.Entry("b.yaml", 7, key),
                new Duplicates.Entry("a.yaml", 3, key),
                new Duplicates.Entry("a.yaml", 9, new SpecKey("shop-dev", "Deployment", "cart"))));
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.file()).isEqualTo("b.yaml");
            assertThat(finding.position().line()).isEqualTo(7);
            assertThat(finding.message()).contains("a.yaml, line 3", "b.yaml", "checkout", "shop-dev");
        });
    }

    @Test
    void readsAServerFile() {
        ServerContent content = SpecReader.readServer("mergeway.yaml", bytes(Samples.SERVER));
        assertThat(content.findings()).isEmpty();
        assertThat(content.document()).isPresent();
    }

    @Test
    void aSecretInAServerFileIsRefusedAndNeverShown() {
        for (String secret :
                List.of("hunter2hunter2", "[hunter2hunter2]", "{ env: 'hunter2 hunter2' }", "{ file: [hunter2] }")) {
            ServerContent content = SpecReader.readServer(
                    "mergeway.yaml", bytes(Samples.SERVER.replace("{ env: GITEA_TOKEN }", secret)));
            assertThat(content.findings()).as(secret).hasSize(1);
            assertThat(content.findings().getFirst().message()).doesNotContain("hunter2");
            assertThat(content.findings().getFirst().hint()).doesNotContain("hunter2");
        }
    }

    @Test
    void aServerFileHoldsAServerAndNothingElse() {
        assertThat(SpecReader.readServer("a.yaml", bytes("")).findings()).anyMatch(Finding::isError);
        assertThat(SpecReader.readServer("a.yaml", bytes(Samples.POLICY)).findings())
                .anyMatch(Finding::isError);
        assertThat(SpecReader.readServer("a.yaml", bytes(Samples.SERVER + "---\n" + Samples.POLICY))
                        .findings())
                .hasSize(1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

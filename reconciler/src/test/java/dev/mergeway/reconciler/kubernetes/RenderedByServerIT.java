package dev.mergeway.reconciler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mergeway.reconciler.kubernetes.ClusterAccess.Kubeconfig;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.Live;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.resource.Ownership;
import dev.mergeway.reconciler.resource.Resolution;
import dev.mergeway.schema.Expander;
import dev.mergeway.schema.SpecReader;
import dev.mergeway.schema.blueprint.Catalogue;
import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Expansion;
import dev.mergeway.schema.model.Files;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Metadata;
import dev.mergeway.schema.model.Positions;
import dev.mergeway.schema.model.ResourceKey;
import dev.mergeway.schema.model.Spec;
import dev.mergeway.schema.model.Tier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the shipped blueprints make is what a real API server accepts, pod security and quota included, and once it is
 * there nothing is left to change: no default of the server's own shows up as a difference for ever.
 */
class RenderedByServerIT {
    @RegisterExtension
    static final KubernetesServer SERVER = new KubernetesServer();

    @TempDir
    static Path login;

    /** With the rights that {@code deploy/} gives, and no more. */
    private static ClusterAccess access = ClusterAccess.of("test", new ClusterAccess.InCluster());

    @BeforeAll
    static void deploy() throws IOException {
        SERVER.kubectlWith(
                java.nio.file.Files.readString(folder("deploy").resolve("kubernetes.yaml")), "apply", "-f", "-");
        access = ClusterAccess.of("test", new Kubeconfig(DeployedRights.login(SERVER, login), ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "examples/shop",
                "shared/data/score/samples/onlineboutique",
                "shared/data/score/specification/files",
                "shared/data/score/specification/limits-and-requests",
                "shared/data/score/specification/probes",
                "shared/data/score/specification/service",
                "shared/data/score/specification/volumes",
                "shared/data/score/resources/amqp",
                "shared/data/score/resources/dns",
                "shared/data/score/resources/mysql",
                "shared/data/score/resources/postgres"
            })
    void isAcceptedAndThenInSync(String folder) throws Exception {
        Environment environment = environment(SERVER.freshName("rendered"));
        List<ConcreteResource> resources = resources(folder(folder), environment);
        Set<ResourceKey> seen = ConcurrentHashMap.newKeySet();
        try (KubernetesTarget target = new KubernetesTarget(access);
                AutoCloseable _ = target.watch(change -> seen.add(change.key()))) {
            List<Difference> planned = target.compare(desired(resources, target));
            assertThat(planned).allSatisfy(difference -> {
                assertThat(difference.refused()).as(difference.key().toString()).isEmpty();
                assertThat(difference.action()).isEqualTo(Action.CREATE);
            });
            for (ConcreteResource resource : resources) {
                Desired one = desired(List.of(resource), target).getFirst();
                Difference difference = target.compare(List.of(one)).getFirst();
                assertThat(difference.notices()).as(resource.key().toString()).isEmpty();
                Outcome outcome = target.apply(one, difference);
                assertThat(outcome.problem()).as(resource.key().toString()).isNull();
            }
            assertThat(target.compare(desired(resources, target)))
                    .allSatisfy(difference -> assertThat(difference.fields())
                            .as(difference.key().toString())
                            .isEmpty());
            assertThat(target.inventory(environment.name())).hasSameSizeAs(resources);
            for (ConcreteResource resource : resources) {
                assertThat(target.observe(resource.key())).isPresent();
            }
            // Every kind may be watched: what is deleted is heard of. The namespace, which takes the rest along, goes
            // last.
            for (ConcreteResource resource : resources.reversed()) {
                assertThat(target.delete(resource.key(), owner(resource)).problem())
                        .as(resource.key().toString())
                        .isNull();
            }
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> resources.stream().map(ConcreteResource::key).allMatch(seen::contains));
            assertThat(target.inventory(environment.name())).isEmpty();
        }
    }

    private static List<ConcreteResource> resources(Path folder, Environment environment) throws IOException {
        SpecReader reader = new SpecReader(Catalogue.shipped());
        List<Spec> specs = new ArrayList<>(List.of(environment.spec()));
        List<Finding> findings = new ArrayList<>();
        try (Stream<Path> files = java.nio.file.Files.walk(folder)) {
            for (Path file : files.filter(each -> SpecReader.isSpecFile(each.toString()))
                    .sorted()
                    .toList()) {
                var content = reader.read(folder.relativize(file).toString(), java.nio.file.Files.readAllBytes(file));
                specs.addAll(content.specs());
                findings.addAll(content.findings());
            }
        }
        Expansion expansion = new Expander(Catalogue.shipped()).expand(environment, specs, Files.NONE);
        findings.addAll(expansion.findings());
        assertThat(findings.stream().filter(Finding::isError)).isEmpty();
        return expansion.resources().stream()
                .filter(resource -> resource.key().provider().equals("kubernetes"))
                .toList();
    }

    private static List<Desired> desired(List<ConcreteResource> resources, KubernetesTarget target) throws Exception {
        Map<ResourceKey, Map<String, Object>> live = new HashMap<>();
        for (ConcreteResource resource : resources) {
            for (ResourceKey key : resource.dependsOn()) {
                live(key, target).ifPresent(body -> live.put(key, body));
            }
        }
        List<Desired> desired = new ArrayList<>();
        for (ConcreteResource resource : resources) {
            Map<String, Object> own =
                    target.read(resource.key()).map(Live::body).orElse(null);
            desired.add(Resolution.resolve(resource, owner(resource), live, own, "x"::repeat));
        }
        return desired;
    }

    private static Ownership owner(ConcreteResource resource) {
        return new Ownership("shop", resource.spec(), resource.stateful());
    }

    /** A live body; of a queue at AWS what the blueprints read of it, since there is no AWS here. */
    private static Optional<Map<String, Object>> live(ResourceKey key, KubernetesTarget target) throws Exception {
        return key.provider().equals("aws")
                ? Optional.of(Map.of("QueueUrl", "https://sqs.example.com/1/queue"))
                : target.read(key).map(Live::body);
    }

    private static Environment environment(String name) {
        Map<String, String> targets = Map.of("kubernetes", "test", "aws", "test");
        Map<String, Object> body =
                Map.of("tier", "dev", "targets", targets, "quota", Map.of("cpu", "8", "memory", "16Gi", "pods", 40L));
        Document document = new Document("environment.yaml", 0, Map.of("spec", body), Positions.NONE);
        Metadata metadata = new Metadata(name, null, "shop", Map.of(), Map.of());
        return new Environment(new Spec("Environment", metadata, body, document, Map.of()), Tier.DEV, targets);
    }

    /** A folder of the checkout, or of the shared data beside it. */
    private static Path folder(String name) {
        for (Path here = Path.of("").toAbsolutePath(); here != null; here = here.getParent()) {
            if (java.nio.file.Files.isDirectory(here.resolve(name))) {
                return here.resolve(name);
            }
        }
        return Assumptions.abort("no " + name + " beside the checkout");
    }
}

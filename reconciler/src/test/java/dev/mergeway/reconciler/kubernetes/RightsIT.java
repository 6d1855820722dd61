package dev.mergeway.reconciler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.cli.ClusterRoleYaml;
import dev.mergeway.reconciler.kubernetes.ClusterAccess.Kubeconfig;
import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Outcome.Result;
import dev.mergeway.schema.blueprint.Catalogue;
import dev.mergeway.schema.blueprint.KubernetesRights;
import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.ResourceKey;
import dev.mergeway.schema.model.SpecKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The rights that {@code mergeway rbac} prints are the ones that a real API server asks for. */
class RightsIT {
    private static final String JOB = """
            apiVersion: batch/v1
            kind: CronJob
            metadata: { name: nightly, namespace: NS }
            spec:
              schedule: "0 3 * * *"
              jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [ { name: main, image: none } ] } } } }
            """;

    @RegisterExtension
    static final KubernetesServer SERVER = new KubernetesServer();

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void everyKindOfTheServerIsCalledAsItCallsIt() throws Exception {
        Set<String> served = new TreeSet<>();
        Set<String> named = new TreeSet<>();
        try (Api api = new Api(access(SERVER.kubeconfig()), Thread::sleep)) {
            for (Kind kind : new Kinds(api).all()) {
                served.add(kind.group() + "/" + kind.plural());
                Desired one = Wanted.one(
                        "any",
                        "{apiVersion: %s, kind: %s, metadata: {name: one, namespace: any}}"
                                .formatted(kind.apiVersion(), kind.kind()));
                for (KubernetesRights.Rule rule :
                        KubernetesRights.of(List.of(), List.of(resource(one))).rules()) {
                    rule.resources().forEach(plural -> named.add(rule.apiGroup() + "/" + plural));
                }
            }
        }
        assertThat(served).hasSizeGreaterThan(40);
        assertThat(named).containsAll(served);
        named.removeAll(served);
        assertThat(named).isSubsetOf("/events");
    }

    @Test
    void aKindOfAnOwnBlueprintCanBeMadeFoundAndRemovedWithTheRoleThatIsPrintedForIt() throws Exception {
        String environment = SERVER.freshName("rights");
        Desired job = Wanted.one(environment, JOB);
        Desired namespace = Wanted.one(environment, "{apiVersion: v1, kind: Namespace, metadata: {name: NS}}");
        Path login = DeployedRights.login(SERVER, folder);
        try (KubernetesTarget target = new KubernetesTarget(access(login))) {
            target.apply(namespace, target.compare(List.of(namespace)).getFirst());
            assertThat(target.compare(List.of(namespace, job)).getLast().refused())
                    .hasValueSatisfying(problem -> assertThat(problem.message())
                            .startsWith("Mergeway may not do this to CronJob")
                            .endsWith("Grant it the right."));
        }
        KubernetesRights rights = KubernetesRights.of(Catalogue.shipped().blueprints(), List.of(resource(job)));
        SERVER.kubectlWith(ClusterRoleYaml.of(rights), "apply", "-f", "-");
        try (KubernetesTarget target = new KubernetesTarget(access(login));
                AutoCloseable _ = target.watch(_ -> {})) {
            assertThat(target.apply(job, target.compare(List.of(job)).getFirst())
                            .result())
                    .isEqualTo(Result.CREATED);
            assertThat(target.inventory(environment)).hasSize(2);
            assertThat(target.observe(job.key())).isPresent();
            assertThat(target.delete(job.key(), job.owner()).result()).isEqualTo(Result.DELETED);
        } finally {
            SERVER.kubectlWith(
                    ClusterRoleYaml.of(KubernetesRights.of(Catalogue.shipped().blueprints(), List.of())),
                    "apply",
                    "-f",
                    "-");
        }
    }

    private static ClusterAccess access(Path kubeconfig) {
        return ClusterAccess.of("test", new Kubeconfig(kubeconfig, ""));
    }

    private static ConcreteResource resource(Desired desired) {
        ResourceKey key = desired.key();
        SpecKey spec = desired.owner().spec();
        return new ConcreteResource(key, desired.body(), false, List.of(), List.of(), spec, "", 1, Map.of());
    }
}

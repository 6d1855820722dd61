package dev.mergeway.reconciler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.kubernetes.ClusterAccess.Kubeconfig;
import dev.mergeway.reconciler.kubernetes.ClusterAccess.Token;
import dev.mergeway.reconciler.port.TargetException;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.Live;
import dev.mergeway.reconciler.resource.Outcome.Result;
import dev.mergeway.schema.model.ResourceKey;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Kinds that are defined, changed and removed while the service runs. */
class KindsComeAndGoIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final KubernetesServer SERVER = new KubernetesServer();

    private static final String DEFINITION = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: { name: lamps.NS.example.com }
            spec:
              group: NS.example.com
              scope: Namespaced
              names: { plural: lamps, singular: lamp, kind: Lamp }
              versions:
                - name: v1
                  served: true
                  storage: true
                  schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, properties: { watts: { type: integer } } } } } }
                - name: v1beta1
                  served: true
                  storage: false
                  schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, properties: { watts: { type: integer } } } } } }
            """;

    private static final String LAMP = """
            apiVersion: NS.example.com/v1
            kind: Lamp
            metadata: { name: desk, namespace: NS }
            spec: { watts: 7 }
            """;

    private KubernetesTarget target;
    private String environment;
    private Desired definition;

    @BeforeEach
    void begin() throws Exception {
        target = new KubernetesTarget(ClusterAccess.of("test", new Kubeconfig(SERVER.kubeconfig(), "")));
        environment = SERVER.freshName("kinds");
        apply(Wanted.all(environment, "{apiVersion: v1, kind: Namespace, metadata: {name: NS}}"));
        definition = Wanted.one(environment, DEFINITION);
    }

    @AfterEach
    void end() {
        target.close();
        SERVER.kubectl("delete", "crd", "--ignore-not-found", "lamps." + environment + ".example.com");
    }

    private List<Difference> apply(List<Desired> all) throws Exception {
        List<Difference> plan = target.compare(all);
        assertThat(plan).allSatisfy(step -> assertThat(step.refused()).isEmpty());
        for (int index = 0; index < all.size(); index++) {
            assertThat(target.apply(all.get(index), plan.get(index)).problem()).isNull();
        }
        return plan;
    }

    @Test
    void aKindThatWentIsPlannedAgainWithWhatDefinesIt() throws Exception {
        List<Desired> all = List.of(definition, Wanted.one(environment, LAMP));
        apply(all);
        assertThat(target.inventory(environment)).hasSize(3);
        SERVER.kubectl("delete", "crd", definition.key().name());
        assertThat(target.inventory(environment)).hasSize(1);

        Difference alone = target.compare(all.subList(1, 2)).getFirst();
        assertThat(alone.refused())
                .hasValueSatisfying(problem -> assertThat(problem.message()).contains("serves no kind"));
        assertThat(apply(all)).extracting(Difference::action).containsOnly(Action.CREATE);
        assertThat(target.inventory(environment)).hasSize(3);
    }

    @Test
    void aKindThatCameBackIsWatchedAgain() throws Exception {
        List<Desired> all = List.of(definition, Wanted.one(environment, LAMP));
        ResourceKey lamp = all.getLast().key();
        Set<ResourceKey> told = ConcurrentHashMap.newKeySet();
        try (AutoCloseable _ = target.watch(change -> told.add(change.key()))) {
            apply(all);
            Awaitility.await().atMost(PATIENCE).until(() -> target.seen(lamp).isPresent());
            SERVER.kubectl("delete", "crd", definition.key().name());
            Awaitility.await().atMost(PATIENCE).until(() -> target.seen(lamp).isEmpty() && told.contains(lamp));
            // A watch whose kind went ends a moment later; one that ends only after the kind came back would have gone
            // on.
            Awaitility.await()
                    .atMost(PATIENCE.multipliedBy(2))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> {
                        apply(all);
                        assertThat(target.seen(lamp)).isPresent();
                    });
            told.clear();
            SERVER.kubectl(
                    "-n",
                    environment,
                    "patch",
                    "lamps." + environment + ".example.com",
                    "desk",
                    "--type=merge",
                    "-p={\"spec\":{\"watts\":9}}");
            Awaitility.await().atMost(PATIENCE).until(() -> told.contains(lamp));
        }
    }

    @Test
    void whatAVersionHeldIsStillThereWhenItIsServedInAnotherOne() throws Exception {
        Desired lamp = Wanted.one(environment, LAMP.replace("/v1", "/v1beta1"));
        apply(List.of(definition, lamp));
        SERVER.kubectl(
                "patch",
                "crd",
                definition.key().name(),
                "--type=json",
                "-p=[{\"op\":\"replace\",\"path\":\"/spec/versions/1/served\",\"value\":false}]");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> !SERVER.kubectl("get", "--raw", "/apis/" + environment + ".example.com")
                        .contains("v1beta1"));

        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreException(TargetException.class)
                .untilAsserted(() -> assertThat(target.inventory(environment)).hasSize(3));
        assertThat(target.read(lamp.key())).isPresent();
        assertThat(target.delete(lamp.key(), lamp.owner()).result()).isEqualTo(Result.DELETED);
        assertThat(SERVER.kubectl("-n", environment, "get", "lamps." + environment + ".example.com", "-o", "name"))
                .isEmpty();
    }

    @Test
    void aFieldMayComeWithTheKindThatHasIt() throws Exception {
        apply(List.of(definition, Wanted.one(environment, LAMP)));
        Desired wider = Wanted.one(
                environment,
                DEFINITION.replace("watts: { type: integer }", "watts: { type: integer }, hue: { type: string }"));
        Desired red = Wanted.one(environment, LAMP.replace("watts: 7", "watts: 7, hue: red"));
        Desired blue =
                Wanted.one(environment, LAMP.replace("watts: 7", "hue: blue").replace("desk", "floor"));

        Difference misspelt = target.compare(List.of(definition, red)).getLast();
        assertThat(misspelt.refused())
                .as("its kind does not change")
                .hasValueSatisfying(problem -> assertThat(problem.message()).contains("has no such field"));
        List<Desired> all = List.of(wider, red, blue);
        assertThat(apply(all))
                .extracting(Difference::action)
                .containsExactly(Action.UPDATE, Action.UPDATE, Action.CREATE);
        assertThat(target.compare(all)).extracting(Difference::action).containsOnly(Action.UNCHANGED);
    }

    @Test
    void aCustomKindOutsideNamespacesIsFoundUnderTheKeyThatItsSpecHas() throws Exception {
        Desired everywhere = Wanted.one(environment, DEFINITION.replace("scope: Namespaced", "scope: Cluster"));
        Desired lamp = Wanted.one(environment, LAMP);
        apply(List.of(everywhere, lamp));
        assertThat(target.inventory(environment)).extracting(Live::key).contains(lamp.key());

        Set<ResourceKey> told = ConcurrentHashMap.newKeySet();
        try (AutoCloseable _ = target.watch(change -> told.add(change.key()))) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> target.seen(lamp.key()).isPresent());
            SERVER.kubectl(
                    "patch",
                    "lamps." + environment + ".example.com",
                    "desk",
                    "--type=merge",
                    "-p={\"spec\":{\"watts\":9}}");
            Awaitility.await().atMost(PATIENCE).until(() -> told.contains(lamp.key()));
        }
        assertThat(apply(List.of(everywhere, lamp)))
                .extracting(Difference::action)
                .contains(Action.UPDATE);
        assertThat(target.delete(lamp.key(), lamp.owner()).result()).isEqualTo(Result.DELETED);
        assertThat(target.inventory(environment)).extracting(Live::key).doesNotContain(lamp.key());
    }

    @Test
    void aBindingMayComeWithItsRole() throws Exception {
        String roles = """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: { name: reader, namespace: NS }
                rules: [ { apiGroups: [ "" ], resources: [ configmaps ], verbs: [ get ] } ]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: { name: reader, namespace: NS }
                roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
                subjects: [ { kind: ServiceAccount, name: default, namespace: NS } ]
                """;
        try (KubernetesTarget bounded = bounded()) {
            List<Desired> all = Wanted.all(environment, roles);
            List<Difference> plan = bounded.compare(all);
            assertThat(plan).allSatisfy(step -> {
                assertThat(step.action()).isEqualTo(Action.CREATE);
                assertThat(step.refused()).isEmpty();
            });
            for (int index = 0; index < all.size(); index++) {
                assertThat(bounded.apply(all.get(index), plan.get(index)).result())
                        .isEqualTo(Result.CREATED);
            }
            Desired stray =
                    Wanted.all(environment, roles.replace("reader", "writer")).getLast();
            Difference alone = bounded.compare(List.of(stray)).getFirst();
            assertThat(alone.refused())
                    .hasValueSatisfying(problem ->
                            assertThat(problem.message()).contains("writer").contains("not found"));
            assertThat(bounded.apply(stray, plan.getLast()).problem())
                    .satisfies(problem -> assertThat(problem.message()).doesNotContain("serves no kind"));
        }
    }

    /** A target that may do what these roles need and nothing else: not give away rights that it does not have. */
    private KubernetesTarget bounded() throws IOException {
        String account = """
                apiVersion: v1
                kind: ServiceAccount
                metadata: { name: bounded, namespace: NS }
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: { name: bounded-NS }
                rules:
                  - { apiGroups: [ "" ], resources: [ configmaps, namespaces ], verbs: [ get, list, create, patch ] }
                  - { apiGroups: [ rbac.authorization.k8s.io ], resources: [ roles, rolebindings ], verbs: [ get, list, create, patch ] }
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: { name: bounded-NS }
                roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: bounded-NS }
                subjects: [ { kind: ServiceAccount, name: bounded, namespace: NS } ]
                """;
        SERVER.kubectlWith(account.replace("NS", environment), "apply", "-f", "-");
        String token =
                SERVER.kubectl("-n", environment, "create", "token", "bounded").strip();
        String url = "https://127.0.0.1:" + SERVER.port();
        return new KubernetesTarget(ClusterAccess.of("test", new Token(url, SERVER.certificate(), () -> token)));
    }
}

package dev.mergeway.reconciler.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mergeway.reconciler.kubernetes.KubernetesServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A team's rights on the cluster bound what its specs can do. The service itself may only look, keep its inventory and act
 * as the team: whatever it applies, it applied as the team.
 */
class TeamRightsIT {
    @RegisterExtension
    static final KubernetesServer SERVER = new KubernetesServer();

    private static final String RIGHTS = """
            apiVersion: v1
            kind: Namespace
            metadata: { name: mergeway-system }
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: { name: looks-only, namespace: mergeway-system }
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: { name: looks-only }
            rules:
              - { apiGroups: ["*"], resources: ["*"], verbs: [get, list, watch] }
              - { apiGroups: [""], resources: [users], verbs: [impersonate], resourceNames: ["mergeway:shop"] }
              - { apiGroups: [""], resources: [groups], verbs: [impersonate], resourceNames: [mergeway-teams] }
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: { name: looks-only }
            roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: looks-only }
            subjects: [ { kind: ServiceAccount, name: looks-only, namespace: mergeway-system } ]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: { name: inventory, namespace: mergeway-system }
            rules: [ { apiGroups: [""], resources: [configmaps], verbs: [create, patch] } ]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: { name: inventory, namespace: mergeway-system }
            roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: inventory }
            subjects: [ { kind: ServiceAccount, name: looks-only, namespace: mergeway-system } ]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: { name: mergeway-teams }
            rules:
              - apiGroups: [""]
                resources: [namespaces, limitranges, services, serviceaccounts]
                verbs: [get, create, patch, delete]
              - { apiGroups: [apps], resources: [deployments], verbs: [get, create, patch, delete] }
              - { apiGroups: [networking.k8s.io], resources: [networkpolicies], verbs: [get, create, patch, delete] }
              - { apiGroups: [policy], resources: [poddisruptionbudgets], verbs: [get, create, patch, delete] }
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: { name: mergeway-teams }
            roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: mergeway-teams }
            subjects: [ { apiGroup: rbac.authorization.k8s.io, kind: Group, name: mergeway-teams } ]
            """;

    @TempDir
    private Path folder;

    private Mergeway mergeway;
    private Checkout checkout;
    private String environment = "";

    @BeforeEach
    void start() {
        SERVER.kubectlWith(RIGHTS, "apply", "-f", "-");
        environment = SERVER.freshName("team");
        String sections = """
                forges: [ { name: here, type: local, path: ./repos } ]
                repositories:
                  - { name: shop, forge: here, path: acme/shop, branch: main, role: team, team: shop, environments: ["*"] }
                targets:
                  - name: cluster
                    type: kubernetes
                    server: https://127.0.0.1:%d
                    certificateAuthority: "%s"
                    token: { env: CLUSTER_TOKEN }
                    impersonate: { user: "mergeway:${team}", groups: [mergeway-teams] }
                """.formatted(SERVER.port(), SERVER.certificate());
        String token = SERVER.kubectl("-n", "mergeway-system", "create", "token", "looks-only")
                .strip();
        mergeway = new Mergeway(folder, sections, Map.of("CLUSTER_TOKEN", token));
        Path bare = folder.resolve("repos/acme/shop.git");
        Checkout.run(folder, "init", "-q", "--bare", "-b", "main", bare.toString());
        checkout = Checkout.of(bare.toString(), folder.resolve("checkout"));
        checkout.write("README.md", "The shop\n").push("Begin");
        mergeway.start();
    }

    @AfterEach
    void stop() {
        mergeway.close();
    }

    private JsonNode pull(int number, String member, String part) {
        return await(member + " of pull request " + number + " has " + part)
                .atMost(LocalHouse.PATIENCE)
                .until(
                        () -> mergeway.api("/pulls/shop/" + number),
                        pull -> pull.path(member).asString("").contains(part));
    }

    @Test
    void whatATeamMayNotDoIsSaidOnItsPullRequestAndTheRestIsAppliedAsTheTeam() {
        SERVER.needsPods();
        checkout.branch("web")
                .write("dev/environment.yaml", Specs.environment(environment, "cluster"))
                .write("dev/web.yaml", Specs.web("web", "1.0.0"))
                .push("A web");
        pull(1, "verdict", "ready");
        checkout.merge("web");
        pull(1, "comment", "### Applied\n");

        checkout.branch("settings")
                .write(
                        "dev/settings.yaml",
                        "apiVersion: mergeway.dev/v1\nkind: Manifests\nmetadata: { name: settings }\nspec: { path: ./k8s }\n")
                .write(
                        "dev/k8s/settings.yaml",
                        "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { a: one }\n")
                .push("Settings");
        String comment = pull(2, "verdict", "invalid").path("comment").asString();
        assertThat(comment)
                .contains("beyond what this repository may do here, where it acts as mergeway:shop")
                .contains("\"mergeway:shop\" cannot")
                .contains("ask the platform team for this right");

        checkout.branch("gone").git("rm", "-rq", "dev");
        checkout.push("Remove it");
        pull(3, "verdict", "ready");
        checkout.merge("gone");
        pull(3, "comment", "deleted");
    }
}

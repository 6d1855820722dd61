package dev.mergeway.reconciler.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mergeway.reconciler.forge.gitea.GiteaServer;
import dev.mergeway.reconciler.kubernetes.KubernetesServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A real forge and a real cluster at once: from the pull request to pods that are ready, and back. */
@ExtendWith(GiteaServer.Extension.class)
class GiteaKubernetesIT {
    @RegisterExtension
    static final KubernetesServer SERVER = new KubernetesServer();

    @TempDir
    private Path folder;

    private final GiteaServer gitea;

    GiteaKubernetesIT(GiteaServer gitea) {
        this.gitea = gitea;
    }

    @Test
    void aMergeBringsPodsAndTheRollbackTakesThemAway() {
        SERVER.needsPods();
        String environment = SERVER.freshName("shop-real");
        String target = "- { name: cluster, type: kubernetes, kubeconfig: { file: \"" + SERVER.kubeconfig() + "\" } }";
        try (GiteaHouse house = new GiteaHouse(gitea, folder, target)) {
            String head = house.checkout()
                    .branch("web")
                    .write("dev/environment.yaml", Specs.environment(environment, "cluster"))
                    .write("dev/web.yaml", Specs.web("web", "1.0.0"))
                    .push("A web");
            int number = house.open("web");
            house.awaitStatus(head, "mergeway/plan", "success: ");
            house.awaitStatus(house.merge(number), "mergeway/apply", "success: ");
            house.comment(number, body -> body.contains("### Applied\n"));
            assertThat(SERVER.kubectl(
                            "-n", environment, "get", "deployment", "web", "-o", "jsonpath={.status.readyReplicas}"))
                    .isEqualTo("1");

            house.awaitReaction(house.say(number, "/mergeway rollback"), "rocket");
            int back = house.admin("GET", "/pulls?state=open", "")
                    .get(0)
                    .path("number")
                    .asInt();
            house.comment(back, body -> body.contains("takes back"));
            house.merge(back);
            await().atMost(GiteaHouse.PATIENCE)
                    .until(() ->
                            !SERVER.kubectl("get", "namespaces", "-o", "name").contains(environment + "\n"));
            house.comment(back, body -> body.contains("deleted"));
        }
    }
}

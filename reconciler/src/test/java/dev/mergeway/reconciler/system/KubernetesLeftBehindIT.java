package dev.mergeway.reconciler.system;

import static dev.mergeway.reconciler.system.LocalHouse.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mergeway.reconciler.kubernetes.KubernetesServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A change that went through in part and is reverted leaves nothing in a real cluster. */
class KubernetesLeftBehindIT {
    @RegisterExtension
    static final KubernetesServer SERVER = new KubernetesServer();

    private static final String MAPS =
            "apiVersion: mergeway.dev/v1\nkind: Manifests\nmetadata: { name: %1$s }\nspec: { path: ./%1$s }\n";

    /** A Service that no cluster takes. */
    private static final String REFUSED = "{ apiVersion: v1, kind: Service, metadata: { name: " + "s".repeat(64)
            + " }, spec: { ports: [ { port: 80 } ] } }";

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void aRevertTakesBackWhatWasMadeBesideWhatFailed() {
        String environment = SERVER.freshName("half");
        try (LocalHouse house = LocalHouse.of(folder, SERVER.kubeconfig()).start()) {
            house.checkout()
                    .branch("main")
                    .write("dev/environment.yaml", Specs.environment(environment, "cluster"))
                    .write("dev/old.yaml", MAPS.formatted("old"))
                    .write("dev/old/old.yaml", "{ apiVersion: v1, kind: ConfigMap, metadata: { name: old } }")
                    .push("Begin");
            house.environment(
                    environment, state -> state.path("sync").asString("").equals("Synced"));
            house.checkout()
                    .write("dev/new.yaml", MAPS.formatted("new"))
                    .write("dev/new/new.yaml", "{ apiVersion: v1, kind: ConfigMap, metadata: { name: new } }")
                    .write("dev/old/refused.yaml", REFUSED)
                    .push("Add one, and another that is refused");
            house.environment(
                    environment, state -> state.path("sync").asString("").equals("OutOfSync"));
            await().atMost(PATIENCE).until(() -> maps(environment).contains("configmap/new"));

            house.checkout().git("revert", "--no-edit", "HEAD");
            String back = house.checkout().pushed();
            house.environment(
                    environment, state -> state.path("revision").asString("").equals(back));
            assertThat(maps(environment)).contains("configmap/old").doesNotContain("configmap/new");
            house.environment(
                    environment, state -> state.path("sync").asString("").equals("Synced"));
        }
    }

    private static String maps(String environment) {
        return SERVER.kubectl("-n", environment, "get", "configmaps", "-o", "name");
    }
}

package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.kubernetes.ClusterAccess.Kubeconfig;
import dev.mergeway.reconciler.port.Target;
import dev.mergeway.reconciler.port.TargetContract;
import dev.mergeway.reconciler.resource.Trees;
import dev.mergeway.schema.model.ResourceKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is promised of every target, by a real API server; whoever edits behind our back does so with kubectl. */
class KubernetesContractIT extends TargetContract {
    @RegisterExtension
    static final KubernetesServer SERVER = new KubernetesServer();

    private KubernetesTarget target;
    private String environment;
    private String other;

    @BeforeEach
    void begin() throws IOException {
        target = new KubernetesTarget(ClusterAccess.of("dev", new Kubeconfig(SERVER.kubeconfig(), "")));
        environment = SERVER.freshName("contract");
        other = SERVER.freshName("contract");
        SERVER.kubectl("create", "namespace", environment);
    }

    @AfterEach
    void end() {
        target.close();
    }

    @Override
    protected Target target() {
        return target;
    }

    @Override
    protected String environment() {
        return environment;
    }

    @Override
    protected String otherEnvironment() {
        return other;
    }

    @Override
    protected void edit(ResourceKey key, UnaryOperator<Map<String, Object>> change) throws IOException {
        String live = SERVER.kubectl("-n", environment, "get", key.kind(), key.name(), "-o", "json");
        Map<String, Object> body = Json.read(live.getBytes(StandardCharsets.UTF_8));
        for (String kept : new String[] {"uid", "resourceVersion", "creationTimestamp", "managedFields"}) {
            body = Trees.without(body, "/metadata/" + kept);
        }
        send("replace", change.apply(body));
    }

    @Override
    protected void make(ResourceKey key, Map<String, Object> body) {
        send("create", body);
    }

    @Override
    protected void remove(ResourceKey key) {
        SERVER.kubectl("-n", environment, "delete", key.kind(), key.name());
    }

    private static void send(String verb, Map<String, Object> body) {
        SERVER.kubectlWith(new String(Json.write(body), StandardCharsets.UTF_8), verb, "-f", "-");
    }

    /** Whoever looks finds out: a watch tells what moved and not who moved it. */
    @Override
    protected boolean ignoresOwnWrites() {
        return false;
    }
}

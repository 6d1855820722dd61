package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Look;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The service account and the rights of {@code deploy/kubernetes.yaml}, given on a test's cluster, and a login with them. */
public final class DeployedRights {
    private static final Set<String> KINDS = Set.of("Namespace", "ServiceAccount", "ClusterRole", "ClusterRoleBinding");

    private DeployedRights() {}

    /** Gives the rights; answers a kubeconfig that has them and no others. */
    public static Path login(KubernetesServer server, Path folder) {
        server.kubectlWith(manifests(), "apply", "--server-side", "-f", "-");
        Path kubeconfig = folder.resolve("kubeconfig-deployed");
        try {
            Files.writeString(kubeconfig, kubeconfig(server, token(server)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return kubeconfig;
    }

    /** A fresh token of the service account, as a pod of it has one. */
    public static String token(KubernetesServer server) {
        return server.kubectl("-n", "mergeway-system", "create", "token", "mergeway", "--duration=24h")
                .strip();
    }

    /** A kubeconfig with a bearer token. */
    public static String kubeconfig(KubernetesServer server, String token) {
        return ControlPlane.kubeconfig(server.port(), server.certificate(), token);
    }

    /** The documents of the file that give rights, as one stream. */
    private static String manifests() {
        Dump dump = new Dump(DumpSettings.builder().build());
        return documents().stream()
                .filter(document -> KINDS.contains(Look.text(document, "kind")))
                .map(dump::dumpToString)
                .collect(Collectors.joining("---\n"));
    }

    private static List<Map<String, Object>> documents() {
        try {
            String text = Files.readString(file());
            List<Map<String, Object>> documents = new ArrayList<>();
            for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(text)) {
                documents.add(Look.map(document));
            }
            return documents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file() {
        for (Path here = Path.of("").toAbsolutePath(); here != null; here = here.getParent()) {
            if (Files.exists(here.resolve("deploy/kubernetes.yaml"))) {
                return here.resolve("deploy/kubernetes.yaml");
            }
        }
        throw new IllegalStateException("no deploy/kubernetes.yaml from here upwards");
    }
}

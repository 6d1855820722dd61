package dev.mergeway.reconciler.cli;

import dev.mergeway.schema.blueprint.KubernetesRights;
import java.util.List;
import java.util.stream.Collectors;

/** Rights on a cluster as the YAML of a ClusterRole, to be given with {@code kubectl apply}. */
public final class ClusterRoleYaml {
    private static final String HEAD = """
            # What Mergeway needs to make, watch and remove the kinds that its blueprints make, and no more. Printed by: mergeway rbac
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: { name: mergeway }
            rules:
            """;

    private ClusterRoleYaml() {}

    /** One YAML document with the notes as comments; the same rights give the same bytes. */
    public static String of(KubernetesRights rights) {
        StringBuilder text = new StringBuilder();
        rights.notes()
                .forEach(note -> text.append("# ")
                        .append(note.replaceAll("[\\p{C}\\p{Z}]", " "))
                        .append('\n'));
        text.append(HEAD);
        boolean reading = false;
        for (KubernetesRights.Rule rule : rights.rules()) {
            if (!reading && rule.verbs().equals(KubernetesRights.READ)) {
                text.append("  # To say why something is not healthy.\n");
                reading = true;
            }
            text.append("  - apiGroups: ").append(list(List.of(rule.apiGroup())));
            text.append("    resources: ").append(list(rule.resources()));
            text.append("    verbs: ").append(list(rule.verbs()));
        }
        return text.toString();
    }

    /** Quoted, so that no name is taken for anything but a text. */
    private static String list(List<String> names) {
        return names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", ", "[", "]\n"));
    }
}

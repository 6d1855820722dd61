package dev.mergeway.reconciler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.kubernetes.ClusterAccess.Kubeconfig;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Difference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What many objects cost: no question that a list answered, no dry run that was made already. */
class ManyIT {
    @RegisterExtension
    static final KubernetesServer SERVER = new KubernetesServer();

    private static final int MANY = 40;

    private final String environment = SERVER.freshName("many");

    private List<Desired> maps(String text) {
        List<Desired> all = new ArrayList<>();
        all.add(Wanted.one(environment, "{apiVersion: v1, kind: Namespace, metadata: {name: NS}}"));
        for (int number = 0; number < MANY; number++) {
            all.add(Wanted.one(
                    environment,
                    "{apiVersion: v1, kind: ConfigMap, metadata: {name: map-%d, namespace: NS}, data: {a: %s}}"
                            .formatted(number, text)));
        }
        return all;
    }

    private static long calls(KubernetesTarget target, List<Desired> desired, Action action) throws Exception {
        long before = target.calls();
        List<Difference> differences = target.compare(desired);
        assertThat(differences.subList(1, differences.size())).allSatisfy(difference -> {
            assertThat(difference.refused()).isEmpty();
            assertThat(difference.action()).isEqualTo(action);
        });
        return target.calls() - before;
    }

    @Test
    void aPlanThatIsMadeAgainAsksNextToNothing() throws Exception {
        try (KubernetesTarget target =
                new KubernetesTarget(ClusterAccess.of("test", new Kubeconfig(SERVER.kubeconfig(), "")))) {
            List<Desired> first = maps("one");
            assertThat(calls(target, first, Action.CREATE)).isBetween((long) MANY, MANY + 8L);
            assertThat(calls(target, first, Action.CREATE)).isLessThan(8);
            List<Difference> planned = target.compare(first);
            long before = target.calls();
            for (int index = 0; index < first.size(); index++) {
                assertThat(target.apply(first.get(index), planned.get(index)).problem())
                        .isNull();
            }
            assertThat(target.calls() - before).isLessThan(MANY + 90L); // an inventory that is new looks at every kind
            assertThat(calls(target, first, Action.UNCHANGED)).isLessThan(8);

            List<Desired> second = maps("two");
            assertThat(calls(target, second, Action.UPDATE)).isBetween(2L * MANY, 2L * MANY + 8);
            // Each is read again, since somebody may have changed it; nothing is rehearsed again.
            assertThat(calls(target, second, Action.UPDATE)).isBetween((long) MANY, MANY + 8L);
        }
    }

    @Test
    void whatSomebodyMadeMeanwhileIsSeen() throws Exception {
        SERVER.kubectl("create", "namespace", environment);
        try (KubernetesTarget target =
                new KubernetesTarget(ClusterAccess.of("test", new Kubeconfig(SERVER.kubeconfig(), "")))) {
            List<Desired> wanted = maps("one");
            assertThat(calls(target, wanted, Action.CREATE)).isBetween((long) MANY, MANY + 8L);
            SERVER.kubectl("-n", environment, "create", "configmap", "map-3", "--from-literal=a=other");
            List<Difference> again = target.compare(wanted);
            assertThat(again.get(4).action()).isEqualTo(Action.ADOPT);
            assertThat(again.get(5).action()).isEqualTo(Action.CREATE);
        }
    }
}

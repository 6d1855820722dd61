package dev.mergeway.reconciler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.kubernetes.ClusterAccess.Token;
import dev.mergeway.reconciler.kubernetes.FaultProxy.Fault;
import dev.mergeway.reconciler.port.Target.Change;
import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Live;
import dev.mergeway.schema.model.ResourceKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a server has forgotten by the time it is asked to go on from there: nothing is missed for it, nothing comes twice. */
class GoneIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final KubernetesServer SERVER = new KubernetesServer();

    /** As the API server words it. */
    private static final String EXPIRED = """
            {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","reason":"Expired","code":410,\
            "message":"The provided continue parameter is too old to display a consistent list result."}""";

    private static final String MAP =
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: map-%d, namespace: NS}, data: {a: b}}";
    private static final int MAPS = 7;

    private final String environment = SERVER.freshName("gone");
    private final List<Desired> all = new ArrayList<>();
    private FaultProxy proxy;
    private KubernetesTarget target;

    @BeforeEach
    void begin() throws Exception {
        proxy = new FaultProxy(SERVER);
        target = new KubernetesTarget(
                ClusterAccess.of("test", new Token(proxy.url(), SERVER.certificate(), SERVER::token)));
        all.add(Wanted.one(environment, "{apiVersion: v1, kind: Namespace, metadata: {name: NS}}"));
        for (int number = 0; number < MAPS; number++) {
            all.add(Wanted.one(environment, MAP.formatted(number)));
        }
        for (Desired one : all) {
            assertThat(target.apply(one, target.compare(List.of(one)).getFirst())
                            .problem())
                    .isNull();
        }
    }

    @AfterEach
    void end() {
        target.close();
        proxy.close();
    }

    private ResourceKey map(int number) {
        return all.get(1 + number).key();
    }

    /** Lists and watches of config maps, whosever. */
    private static boolean isOfMaps(String path) {
        return path.startsWith("/api/v1/configmaps?");
    }

    /** As it would ask if pages were small; those of a real size are as many as a test cannot wait for. */
    private static Fault small(String path) {
        return new Fault.Asking(path.replaceFirst("limit=\\d+", "limit=2"));
    }

    @Test
    void aListWhosePagesGrewOldIsBegunAgain() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        proxy.where(path -> {
            if (!isOfMaps(path)) {
                return null;
            }
            if (path.endsWith("continue=")) {
                begun.incrementAndGet();
            } else if (refused.getAndIncrement() < 2) {
                return new Fault.Saying(410, EXPIRED);
            }
            return small(path);
        });
        assertThat(target.inventory(environment))
                .extracting(Live::key)
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().map(Desired::key).toList());
        assertThat(begun).hasValue(3);
    }

    /** A server that is asked to watch from what it has forgotten answers 200 first, and with the event {@code ERROR} then. */
    @Test
    void aWatchThatCannotGoOnListsAgain() throws Exception {
        Set<Change> told = ConcurrentHashMap.newKeySet();
        AtomicBoolean listed = new AtomicBoolean();
        try (AutoCloseable _ = target.watch(told::add)) {
            Awaitility.await().atMost(PATIENCE).until(() -> target.seen(map(0)).isPresent());
            proxy.always(new Fault.Answer(503, ""));
            proxy.cut();
            Awaitility.await().atMost(PATIENCE).until(() -> target.seen(map(0)).isEmpty());
            SERVER.kubectl("-n", environment, "delete", "configmap", map(1).name());
            SERVER.kubectl("-n", environment, "label", "configmap", map(2).name(), "by=hand");
            told.clear();
            proxy.where(path -> {
                if (!isOfMaps(path)) {
                    return null;
                }
                if (path.contains("watch=true")) {
                    return listed.get()
                            ? null
                            : new Fault.Saying(200, "{\"type\":\"ERROR\",\"object\":" + EXPIRED + "}\n");
                }
                listed.set(true);
                return small(path);
            });
            proxy.always(null);
            Awaitility.await().atMost(PATIENCE).until(() -> target.seen(map(0)).isPresent());
            assertThat(listed).isTrue();
            assertThat(told)
                    .filteredOn(change -> change.key().type().equals("v1/ConfigMap"))
                    .containsExactlyInAnyOrder(new Change(environment, map(1)), new Change(environment, map(2)));
            assertThat(target.seen(map(1))).isEmpty();

            SERVER.kubectl("-n", environment, "delete", "configmap", map(3).name());
            Awaitility.await().atMost(PATIENCE).until(() -> told.contains(new Change(environment, map(3))));
        }
    }
}

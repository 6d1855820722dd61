package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.kubernetes.ClusterAccess;
import dev.mergeway.reconciler.kubernetes.KubernetesTarget;
import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.plan.Planner;
import dev.mergeway.reconciler.plan.SpecLines;
import dev.mergeway.reconciler.plan.Subject;
import dev.mergeway.reconciler.policy.PolicyRules;
import dev.mergeway.reconciler.port.Journal;
import dev.mergeway.reconciler.port.Target;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.run.RunRecord;
import dev.mergeway.reconciler.run.RunState;
import dev.mergeway.reconciler.store.Changes;
import dev.mergeway.reconciler.store.Database;
import dev.mergeway.reconciler.store.JdbcJournal;
import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.ResourceKey;
import dev.mergeway.schema.model.SpecKey;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * A process that applies fifty objects as a release does, with the real journal, and ends by SIGKILL at the point it was
 * told; without one it ends well when all is applied. It begins when something is written to it.
 */
final class KilledApply {
    static final int OBJECTS = 50;

    private KilledApply() {}

    /** Arguments: kubeconfig, URL of the database, environment, calls of the journal that it survives (-1 for all). */
    public static void main(String[] arguments) throws Exception {
        ClusterAccess access = ClusterAccess.of("cluster", new ClusterAccess.Kubeconfig(Path.of(arguments[0]), ""));
        try (Target target = new KubernetesTarget(access)) {
            // Most of its time a process loads classes and shakes hands: it has done so when its turn comes.
            target.read(resources(arguments[2]).getFirst().key());
            Class.forName("org.h2.Driver");
            if (System.in.read() >= 0) {
                apply(target, arguments);
            }
        }
    }

    private static void apply(Target target, String[] arguments) {
        try (Database database = Database.open(arguments[1], "", "")) {
            JdbcJournal journal = new JdbcJournal(database, new Changes(), Instant::now);
            journal.unfinished().forEach(run -> journal.end(run.id(), RunState.CANCELLED, "taken up again"));
            apply(target, new KillingJournal(journal, Integer.parseInt(arguments[3])), arguments[2]);
        }
    }

    private static void apply(Target target, Journal journal, String environment) {
        String run = UUID.randomUUID().toString();
        journal.begin(new RunRecord(
                run,
                "release",
                "shop",
                environment,
                null,
                "abc",
                RunState.RUNNING,
                Instant.now(),
                null,
                "",
                List.of()));
        Map<String, Target> targets = Map.of("cluster", target);
        Collection<Outcome> outcomes = new Applying(targets, 1, journal)
                .apply(draft(targets, environment), Set.of(), run)
                .values();
        if (!outcomes.stream().allMatch(outcome -> outcome.problem() == null)) {
            throw new IllegalStateException(outcomes.toString());
        }
        journal.end(run, RunState.SUCCEEDED, "");
    }

    private static Draft draft(Map<String, Target> targets, String environment) {
        Map<ResourceKey, Wanted> wanted = new LinkedHashMap<>();
        for (ConcreteResource resource : resources(environment)) {
            wanted.put(resource.key(), Wanted.of(resource, "shop"));
        }
        Comparing comparing = new Comparing(targets);
        comparing.compare(wanted.values());
        List<dev.mergeway.reconciler.plan.Wanted> compared = new ArrayList<>();
        wanted.forEach((key, one) -> {
            Difference difference =
                    Objects.requireNonNull(comparing.differences().get(key));
            compared.add(new dev.mergeway.reconciler.plan.Wanted(one.resource(), difference));
        });
        Subject subject = new Subject("shop", 0, "", "abc", "abc", List.of(environment));
        Plan plan = Planner.plan(subject, compared, List.of(), List.of(), SpecLines.BEGINNING);
        return new Draft(
                plan,
                wanted,
                comparing.differences(),
                Set.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                new PolicyRules(List.of()),
                0,
                List.of(),
                comparing.unreachable());
    }

    private static List<ConcreteResource> resources(String environment) {
        List<ConcreteResource> resources = new ArrayList<>();
        Map<String, Object> namespace = Map.of("name", environment);
        resources.add(resource(environment, "Namespace", "", namespace, Map.of(), List.of()));
        List<ResourceKey> before = List.of(resources.getFirst().key());
        for (int i = 1; i < OBJECTS; i++) {
            Map<String, Object> metadata = Map.of("name", "map-%02d".formatted(i), "namespace", environment);
            Map<String, Object> data = Map.of("data", Map.of("number", String.valueOf(i)));
            resources.add(resource(environment, "ConfigMap", environment, metadata, data, before));
        }
        return resources;
    }

    private static ConcreteResource resource(
            String environment,
            String kind,
            String namespace,
            Map<String, Object> metadata,
            Map<String, Object> more,
            List<ResourceKey> before) {
        Map<String, Object> body = new LinkedHashMap<>(more);
        body.put("apiVersion", "v1");
        body.put("kind", kind);
        body.put("metadata", metadata);
        ResourceKey key =
                new ResourceKey("kubernetes", "cluster", "v1/" + kind, namespace, String.valueOf(metadata.get("name")));
        SpecKey spec = new SpecKey(environment, "Manifests", "many");
        return new ConcreteResource(key, body, false, before, List.of(), spec, "many.yaml", 1, Map.of());
    }
}

package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.plan.PlanHash;
import dev.mergeway.reconciler.plan.PlanStep;
import dev.mergeway.reconciler.policy.PolicyRules;
import dev.mergeway.reconciler.port.Journal;
import dev.mergeway.reconciler.port.Target;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.resource.Outcome.Result;
import dev.mergeway.reconciler.resource.Ownership;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.schema.model.ResourceKey;
import dev.mergeway.schema.model.SpecKey;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The order of steps, what is bounded, and what a failure stops: shown by deletions, which need nothing but a target. */
@Timeout(60)
class ApplyingTest {
    private static final Ownership OWNER = new Ownership("shop", new SpecKey("shop", "Manifests", "all"), false);

    private static ResourceKey key(String kind, String name) {
        return new ResourceKey("kubernetes", "cluster", "v1/" + kind, "shop", name);
    }

    private static PlanStep deletion(ResourceKey key, ResourceKey... after) {
        return new PlanStep(Action.DELETE, key, "shop", "a.yaml", 1, List.of(), List.of(), List.of(after), "", false);
    }

    private static Map<ResourceKey, Outcome> apply(
            List<PlanStep> steps,
            Set<ResourceKey> held,
            int concurrency,
            Function<ResourceKey, Outcome> delete,
            Consumer<Outcome> ended) {
        Plan plan = new Plan(
                "shop", 1, "b", "h", "m", List.of("shop"), List.of(), steps, PlanHash.of(List.of("shop"), steps));
        Draft draft = new Draft(
                plan,
                Map.of(),
                Map.of(),
                Set.of(),
                steps.stream().collect(Collectors.toMap(PlanStep::resource, _ -> OWNER)),
                Map.of(),
                Map.of(),
                List.of(),
                new PolicyRules(List.of()),
                0,
                List.of(),
                List.of());
        Target target = (Target) Proxy.newProxyInstance(
                ApplyingTest.class.getClassLoader(), new Class<?>[] {Target.class}, (proxy, method, with) -> {
                    assertThat(method.getName()).isEqualTo("delete");
                    return delete.apply((ResourceKey) with[0]);
                });
        Journal journal = (Journal) Proxy.newProxyInstance(
                ApplyingTest.class.getClassLoader(), new Class<?>[] {Journal.class}, (proxy, method, with) -> {
                    if (method.getName().equals("ended")) {
                        ended.accept((Outcome) with[1]);
                    }
                    return null;
                });
        return new Applying(Map.of("cluster", target), concurrency, journal).apply(draft, held, "run");
    }

    private static Outcome deleted(ResourceKey key) {
        return Outcome.done(key, Result.DELETED);
    }

    @Test
    void aNamespaceStaysWhileSomethingInItIsHeld() {
        ResourceKey claim = key("PersistentVolumeClaim", "cart-db");
        ResourceKey map = key("ConfigMap", "settings");
        ResourceKey namespace = new ResourceKey("kubernetes", "cluster", "v1/Namespace", "", "shop");
        List<ResourceKey> gone = new ArrayList<>();
        Map<ResourceKey, Outcome> outcomes = apply(
                List.of(deletion(claim), deletion(map), deletion(namespace, claim, map)),
                Set.of(claim),
                1,
                key -> {
                    gone.add(key);
                    return deleted(key);
                },
                outcome -> {});
        assertThat(gone).containsExactly(map);
        assertThat(outcomes.values())
                .extracting(Outcome::result)
                .containsExactly(Result.SKIPPED, Result.DELETED, Result.SKIPPED);
    }

    @Test
    void whatFailsStopsWhatDependsOnItAndNothingElse() {
        ResourceKey bad = key("ConfigMap", "bad");
        ResourceKey after = key("ConfigMap", "after");
        ResourceKey worse = key("ConfigMap", "worse");
        ResourceKey good = key("ConfigMap", "good");
        Map<ResourceKey, Outcome> outcomes = apply(
                List.of(deletion(bad), deletion(after, bad), deletion(worse), deletion(good)),
                Set.of(),
                4,
                key -> {
                    if (key.equals(worse)) {
                        throw new IllegalStateException("a mistake of ours");
                    }
                    return key.equals(bad)
                            ? Outcome.failed(key, new Problem(Problem.Turn.AUTHOR, "no", "", false))
                            : deleted(key);
                },
                outcome -> {});
        assertThat(outcomes.values())
                .extracting(Outcome::result)
                .containsExactly(Result.FAILED, Result.SKIPPED, Result.FAILED, Result.DELETED);
    }

    @Test
    void whatDependsOnAStepDoesNotWaitUntilThatIsWrittenDown() {
        ResourceKey first = key("ConfigMap", "first");
        ResourceKey second = key("ConfigMap", "second");
        CountDownLatch begun = new CountDownLatch(1);
        List<Boolean> seen = new ArrayList<>();
        apply(
                List.of(deletion(first), deletion(second, first)),
                Set.of(),
                2,
                key -> {
                    if (key.equals(second)) {
                        begun.countDown();
                    }
                    return deleted(key);
                },
                outcome -> {
                    if (outcome.key().equals(first)) {
                        seen.add(within10Seconds(begun));
                    }
                });
        assertThat(seen).containsExactly(true);
    }

    private static boolean within10Seconds(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void noMoreThanTwiceTheConcurrencyHaveTheirEffectAtOnce() {
        List<PlanStep> steps = new ArrayList<>();
        for (int number = 0; number < 100; number++) {
            steps.add(deletion(key("ConfigMap", "map-" + number)));
        }
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        apply(
                steps,
                Set.of(),
                3,
                key -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    try {
                        Thread.sleep(5);
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    now.decrementAndGet();
                    return deleted(key);
                },
                outcome -> {});
        assertThat(most.get()).isBetween(2, 6);
    }
}

package dev.mergeway.reconciler.store;

import static dev.mergeway.reconciler.store.Samples.NOON;
import static dev.mergeway.reconciler.store.Samples.environment;
import static dev.mergeway.reconciler.store.Samples.key;
import static dev.mergeway.reconciler.store.Samples.pull;
import static dev.mergeway.reconciler.store.Samples.resource;
import static dev.mergeway.reconciler.store.Samples.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mergeway.reconciler.port.Journal;
import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.reconciler.port.Ledger.Filter;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.run.EnvironmentState;
import dev.mergeway.reconciler.run.EnvironmentState.Sync;
import dev.mergeway.reconciler.run.PullKey;
import dev.mergeway.reconciler.run.PullState;
import dev.mergeway.reconciler.run.ResourceState;
import dev.mergeway.reconciler.run.RunRecord;
import dev.mergeway.reconciler.run.RunState;
import dev.mergeway.schema.model.ResourceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What ledger and journal promise, whatever they are kept in. Each test starts with an empty store. */
abstract class StoreContract {
    private static final Filter ALL = new Filter("", "", "");

    abstract Ledger ledger();

    abstract Journal journal();

    abstract Changes changes();

    @Test
    void approvals_cover_one_plan_and_are_kept_once() {
        ledger().approve("shop", 7, "aaaa", "grace");
        ledger().approve("shop", 7, "aaaa", "ada");
        ledger().approve("shop", 7, "aaaa", "ada");

        assertThat(ledger().approvals("shop", 7, "aaaa")).containsExactly("ada", "grace");
        assertThat(ledger().approvals("shop", 7, "bbbb")).isEmpty();
        assertThat(ledger().approvals("shop", 8, "aaaa")).isEmpty();
    }

    @Test
    void remembersWhichPullRequestsAHeldEnvironmentWaitsWith() {
        ledger().waits("shop-dev", Set.of(new PullKey("shop", 9), new PullKey("shop", 7), new PullKey("platform", 8)));
        ledger().waits("shop-prod", Set.of(new PullKey("shop", 7)));
        assertThat(ledger().waiting("shop-dev"))
                .containsExactly(new PullKey("platform", 8), new PullKey("shop", 7), new PullKey("shop", 9));
        ledger().waits("shop-dev", Set.of(new PullKey("shop", 9), new PullKey("shop", 11)));
        assertThat(ledger().waiting("shop-dev")).containsExactly(new PullKey("shop", 9), new PullKey("shop", 11));
        ledger().waits("shop-dev", Set.of());
        assertThat(ledger().waiting("shop-dev")).isEmpty();
        assertThat(ledger().waiting("shop-prod")).hasSize(1);
        ledger().forget("shop-prod");
        assertThat(ledger().waiting("shop-prod")).isEmpty();
    }

    @Test
    void findsThePullRequestsThatSomebodyIsWaitedForAt() {
        ledger().waits("shop-dev", Set.of(new PullKey("shop", 9), new PullKey("shop", 3), new PullKey("platform", 8)));
        ledger().waits("shop-prod", Set.of(new PullKey("shop", 9)));
        ledger().save(verdict(pull("shop", 5, "open"), "blocked"));
        ledger().save(verdict(pull("shop", 9, "open"), "blocked"));
        ledger().save(verdict(pull("shop", 6, "merged"), "blocked"));
        ledger().save(verdict(pull("other", 7, "open"), "blocked"));
        ledger().save(pull("shop", 4, "open"));
        assertThat(ledger().awaited("shop", 0, 500)).containsExactly(3, 5, 9);
        assertThat(ledger().awaited("shop", 3, 1)).containsExactly(5);
        assertThat(ledger().awaited("nobody", 0, 500)).isEmpty();
    }

    private static PullState verdict(PullState pull, String verdict) {
        return new PullState(
                pull.repository(),
                pull.number(),
                pull.title(),
                pull.branch(),
                pull.head(),
                pull.author(),
                pull.state(),
                pull.url(),
                verdict,
                pull.hash(),
                pull.comment(),
                pull.plan());
    }

    @Test
    void remembersWhatWasSeenOfARepository() {
        assertThat(ledger().seen("shop")).isEmpty();
        ledger().saw("shop", "a".repeat(40));
        ledger().saw("shop", "b".repeat(40));
        assertThat(ledger().seen("shop")).contains("b".repeat(40));
    }

    @Test
    void remembersAnEnvironmentAsItWasSaved() {
        EnvironmentState state = environment("shop-dev", Sync.SYNCED);
        ledger().save(state);
        assertThat(ledger().environment("shop-dev")).contains(state);
        EnvironmentState held = environment("shop-dev", Sync.HELD);
        ledger().save(held);
        assertThat(ledger().environment("shop-dev")).contains(held);
        assertThat(ledger().environment("shop")).isEmpty();
    }

    @Test
    void aStateThatWasReadBeforeAReleaseEndedChangesNothingAfterIt() {
        EnvironmentState read = environment("shop-dev", Sync.SYNCED);
        ledger().save(read);
        EnvironmentState looked = with(read, read.sync(), HealthState.Status.DEGRADED, read.expires());
        EnvironmentState released = new EnvironmentState(
                read.name(),
                read.team(),
                read.tier(),
                read.repository(),
                Sync.SYNCED,
                HealthState.Status.PROGRESSING,
                Map.of("shop", "f".repeat(40)),
                read.expires(),
                "",
                "20261125-2");
        ledger().save(released);
        assertThat(ledger().update(read, looked)).isFalse();
        assertThat(ledger().environment("shop-dev")).contains(released);
        EnvironmentState held = new EnvironmentState(
                read.name(),
                read.team(),
                read.tier(),
                read.repository(),
                Sync.HELD,
                released.health(),
                released.revisions(),
                read.expires(),
                "held",
                "20261125-3");
        ledger().save(held);
        assertThat(ledger().update(released, looked)).isFalse();
        assertThat(ledger().environment("shop-dev")).contains(held);
        assertThat(ledger().update(environment("gone", Sync.SYNCED), environment("gone", Sync.HELD)))
                .isFalse();
        assertThat(ledger().environment("gone")).isEmpty();
    }

    @Test
    void twoThatLookAtTheSameTimeRememberWhatEachOfThemSaw() {
        EnvironmentState read = environment("shop-dev", Sync.SYNCED);
        ledger().save(read);
        EnvironmentState sick = with(read, Sync.OUT_OF_SYNC, HealthState.Status.DEGRADED, read.expires());
        assertThat(ledger().update(read, sick)).isTrue();
        assertThat(ledger().update(read, with(read, read.sync(), read.health(), null)))
                .isTrue();
        assertThat(ledger().update(read, read)).isTrue();
        assertThat(ledger().environment("shop-dev"))
                .contains(with(read, Sync.OUT_OF_SYNC, HealthState.Status.DEGRADED, null));
    }

    private static EnvironmentState with(
            EnvironmentState state, Sync sync, HealthState.Status health, @Nullable Instant expires) {
        return new EnvironmentState(
                state.name(),
                state.team(),
                state.tier(),
                state.repository(),
                sync,
                health,
                state.revisions(),
                expires,
                state.message(),
                state.lastRun());
    }

    @Test
    void pagesEnvironmentsByNameByteByByte() {
        List<String> names = List.of("Zoo", "a", "a-b", "a.b", "ab", "a_b", "ä", "z");
        names.forEach(name -> ledger().save(environment(name, Sync.SYNCED)));
        List<String> read = all(after -> ledger().environments(after, 3)).stream()
                .map(EnvironmentState::name)
                .toList();
        assertThat(read).containsExactly("Zoo", "a", "a-b", "a.b", "a_b", "ab", "z", "ä");
    }

    @Test
    void forgetsAnEnvironmentWithItsResources() {
        ledger().save(environment("shop-dev", Sync.SYNCED));
        ledger().save("shop-dev", List.of(resource("shop-dev", "checkout")), List.of());
        ledger().save("shop-dev2", List.of(resource("shop-dev2", "checkout")), List.of());
        ledger().forget("shop-dev");
        assertThat(ledger().environment("shop-dev")).isEmpty();
        assertThat(ledger().count("shop-dev")).isZero();
        assertThat(ledger().count("shop-dev2")).isOne();
    }

    @Test
    void remembersResourcesAndForgetsThoseThatAreGone() {
        ledger().save("e", List.of(resource("e", "a"), resource("e", "b"), resource("e", "c")), List.of());
        ResourceState sick = resource(
                "e", key("a"), Sync.OUT_OF_SYNC, new HealthState(HealthState.Status.DEGRADED, "image not found"));
        ledger().save("e", List.of(sick, resource("e", "d")), List.of(key("b"), key("nobody")));
        assertThat(ledger().resources(ALL, "", 10).items())
                .containsExactly(sick, resource("e", "c"), resource("e", "d"));
        assertThat(ledger().count("e")).isEqualTo(3);
    }

    @Test
    void pagesResourcesByEnvironmentAndKey() {
        List<ResourceKey> keys = new ArrayList<>();
        for (String namespace : List.of("", "n", "n-1")) {
            for (String name : List.of("x", "x-y", "y")) {
                keys.add(new ResourceKey("kubernetes", "dev", "v1/ConfigMap", namespace, name));
            }
        }
        keys.add(new ResourceKey("aws", "sandbox", "AWS::SQS::Queue", "", "https://queue/1"));
        for (String environment : List.of("e-2", "e")) {
            ledger().save(
                            environment,
                            keys.stream()
                                    .map(key -> resource(environment, key, Sync.SYNCED, HealthState.HEALTHY))
                                    .toList(),
                            List.of());
        }
        List<ResourceState> read = all(after -> ledger().resources(ALL, after, 3));
        List<ResourceKey> sorted = keys.stream().sorted().toList();
        assertThat(read.stream().map(ResourceState::environment).distinct()).containsExactly("e", "e-2");
        assertThat(read.stream().map(ResourceState::key))
                .containsExactlyElementsOf(java.util.stream.Stream.concat(sorted.stream(), sorted.stream())
                        .toList());
        assertThat(all(after -> ledger().resources(new Filter("e", "aws", ""), after, 1)))
                .hasSize(1);
        assertThat(all(after -> ledger().resources(new Filter("e", "kubernetes", ""), after, 2)))
                .hasSize(9);
    }

    @Test
    void filtersResourcesByTheLabelOfSyncOrHealth() {
        HealthState unknown = new HealthState(HealthState.Status.UNKNOWN, "not asked yet");
        ledger().save(
                        "e",
                        List.of(
                                resource("e", key("a"), Sync.SYNCED, unknown),
                                resource("e", key("b"), Sync.UNKNOWN, HealthState.HEALTHY),
                                resource("e", key("c"), Sync.SYNCED, HealthState.HEALTHY)),
                        List.of());
        assertThat(named(new Filter("", "", "Unknown"))).containsExactly("a", "b");
        assertThat(named(new Filter("", "", "Synced"))).containsExactly("a", "c");
        assertThat(named(new Filter("e", "", "Healthy"))).containsExactly("b", "c");
        assertThat(named(new Filter("", "", "no such label"))).isEmpty();
        assertThat(named(new Filter("other", "", ""))).isEmpty();
    }

    @Test
    void pagesOpenPullsByRepositoryAndNumber() {
        for (int number : List.of(2, 10, 1, 11)) {
            ledger().save(pull("shop", number, "open"));
        }
        ledger().save(pull("acme-lab", 7, "open"));
        ledger().save(pull("zoo", 1, "open"));
        ledger().save(pull("shop", 3, "merged"));
        ledger().save(pull("shop", 4, "closed"));
        assertThat(all(after -> ledger().pulls(after, 2)).stream().map(pull -> pull.repository() + pull.number()))
                .containsExactly("acme-lab7", "shop1", "shop2", "shop10", "shop11", "zoo1");
    }

    @Test
    void remembersAPullWithALongPlanAndTextFromStrangers() {
        String evil = "x'; drop table pulls; -- \u0000 \uD83D\uDC33 :name <b> ?";
        PullState state = new PullState(
                "shop", 5, evil, "b", "h", "a", "open", "u", "blocked", "", "c".repeat(70_000), "p".repeat(3_000_000));
        ledger().save(state);
        PullState read = ledger().pull("shop", 5).orElseThrow();
        assertThat(read.title().replace('\uFFFD', '\0')).isEqualTo(evil);
        assertThat(read.comment()).hasSize(70_000);
        assertThat(read.plan()).hasSize(3_000_000);
        ledger().save(pull("shop", 5, "merged"));
        assertThat(ledger().pull("shop", 5)).contains(pull("shop", 5, "merged"));
        assertThat(ledger().pulls("", 10).items()).isEmpty();
    }

    @Test
    void refusesLimitsOutOfRange() {
        assertThatThrownBy(() -> ledger().runs("", "", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ledger().environments("", 501)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pagesRunsNewestFirst() {
        for (int i = 10; i < 25; i++) {
            journal().begin(run("run-" + i, i % 2 == 0 ? "even" : "odd", i));
        }
        assertThat(all(after -> ledger().runs("", after, 4)).stream().map(RunRecord::id))
                .hasSize(15)
                .isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(all(after -> ledger().runs("odd", after, 2)).stream().map(RunRecord::id))
                .containsExactly("run-23", "run-21", "run-19", "run-17", "run-15", "run-13", "run-11");
    }

    @Test
    void journalsARunFromBeginningToEnd() {
        journal().begin(run("r1", "e", 7));
        journal().intend("r1", Action.CREATE, key("a"));
        journal().intend("r1", Action.DELETE, key("b"));
        assertThat(ledger().run("r1").orElseThrow().steps())
                .containsExactly(
                        new RunRecord.Step("create", key("a").toString(), "started", ""),
                        new RunRecord.Step("delete", key("b").toString(), "started", ""));
        journal().ended("r1", Outcome.done(key("a"), Outcome.Result.CREATED));
        journal()
                .ended(
                        "r1",
                        Outcome.failed(key("b"), new Problem(Problem.Turn.PLATFORM, "the cluster is down", "", true)));
        journal().ended("r1", Outcome.done(key("c"), Outcome.Result.SKIPPED));
        journal().end("r1", RunState.FAILED, "one of three failed");
        RunRecord read = ledger().run("r1").orElseThrow();
        assertThat(read.steps())
                .containsExactly(
                        new RunRecord.Step("create", key("a").toString(), "created", ""),
                        new RunRecord.Step("delete", key("b").toString(), "failed", "the cluster is down"),
                        new RunRecord.Step("", key("c").toString(), "skipped", ""));
        assertThat(read.state()).isEqualTo(RunState.FAILED);
        assertThat(read.message()).isEqualTo("one of three failed");
        assertThat(read.pull()).isEqualTo(7);
        assertThat(read.started()).isEqualTo(NOON);
        assertThat(ledger().outline("r1"))
                .isEqualTo(ledger().runs("e", "", 1).items().stream().findFirst());
        assertThat(ledger().outline("r1").orElseThrow().steps()).isEmpty();
        assertThat(ledger().outline("r2")).isEmpty();
        assertThat(read.ended()).isPresent();
        assertThat(journal().unfinished()).isEmpty();
    }

    @Test
    void knowsTheRunsThatBeganAndDidNotEnd() {
        journal().begin(run("r3", "e", null));
        journal().begin(run("r1", "e", null));
        journal().begin(run("r2", "e", null));
        journal().end("r2", RunState.SUCCEEDED, "");
        assertThat(journal().unfinished().stream().map(RunRecord::id)).containsExactly("r1", "r3");
    }

    @Test
    void keepsTheStepsOfARunThatBeginsAgainAndTheFirstEnd() {
        journal().begin(run("r1", "e", null));
        journal().intend("r1", Action.UPDATE, key("a"));
        journal().begin(run("r1", "e", null));
        journal().intend("r1", Action.UPDATE, key("a"));
        journal().ended("r1", Outcome.done(key("a"), Outcome.Result.UPDATED));
        journal().end("r1", RunState.SUCCEEDED, "done");
        journal().end("r1", RunState.CANCELLED, "too late");
        RunRecord read = ledger().run("r1").orElseThrow();
        assertThat(read.steps().stream().map(RunRecord.Step::result)).containsExactly("started", "updated");
        assertThat(read.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(read.message()).isEqualTo("done");
    }

    @Test
    void tellsWhatMoved() throws InterruptedException {
        try (Changes.Subscription subscription = changes().subscribe(100)) {
            ledger().save(environment("e", Sync.SYNCED));
            ledger().save(environment("e", Sync.SYNCED));
            ledger().save("e", List.of(resource("e", "a")), List.of(key("b")));
            ledger().save(pull("shop", 1, "open"));
            ledger().save(pull("shop", 1, "open"));
            journal().begin(run("r1", "e", 1));
            journal().end("r1", RunState.SUCCEEDED, "");
            List<Change> told = new ArrayList<>();
            for (var next = subscription.next(Duration.ZERO);
                    next.isPresent();
                    next = subscription.next(Duration.ZERO)) {
                told.add(next.get());
            }
            assertThat(told)
                    .containsExactly(
                            new Change.Environment("e"),
                            new Change.Resource("e", key("a")),
                            new Change.Resource("e", key("b")),
                            new Change.Pull("shop", 1),
                            new Change.Run("r1"),
                            new Change.Run("r1"));
        }
    }

    private List<String> named(Filter filter) {
        return ledger().resources(filter, "", 100).items().stream()
                .map(state -> state.key().name())
                .toList();
    }

    /** Follows the pages to the end. */
    private static <T> List<T> all(Function<String, Ledger.Page<T>> pages) {
        List<T> items = new ArrayList<>();
        String after = "";
        do {
            Ledger.Page<T> page = pages.apply(after);
            assertThat(page.items()).isNotEmpty();
            items.addAll(page.items());
            after = page.next();
        } while (!after.isEmpty());
        return items;
    }
}

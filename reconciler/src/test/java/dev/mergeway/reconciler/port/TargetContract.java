package dev.mergeway.reconciler.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.FieldChange;
import dev.mergeway.reconciler.resource.Live;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.resource.Outcome.Result;
import dev.mergeway.reconciler.resource.Ownership;
import dev.mergeway.reconciler.resource.Resolution;
import dev.mergeway.reconciler.resource.Trees;
import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.Late;
import dev.mergeway.schema.model.ResourceKey;
import dev.mergeway.schema.model.SpecKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every target that follows the rules of Kubernetes bodies promises; run against each of them alike. */
public abstract class TargetContract {
    private static final String REPOSITORY = "shop";

    /** The target under test, whose name is {@code dev}. */
    protected abstract Target target();

    /** An environment of this test alone, whose namespace is there if the target has such a thing. */
    protected abstract String environment();

    /** A second one. */
    protected abstract String otherEnvironment();

    /** A person changes a resource (its body without what the target keeps for itself) behind our back. */
    protected abstract void edit(ResourceKey key, UnaryOperator<Map<String, Object>> change) throws Exception;

    /** A person makes a resource that is not ours. */
    protected abstract void make(ResourceKey key, Map<String, Object> body) throws Exception;

    /** A person deletes a resource. */
    protected abstract void remove(ResourceKey key) throws Exception;

    @Test
    void aResourceIsCreatedOnceAndFoundAgain() throws Exception {
        Desired settings = settings(Map.of("level", "info"));
        Difference difference = compare(settings);
        assertThat(difference.action()).isEqualTo(Action.CREATE);
        assertThat(difference.fields()).isNotEmpty();
        assertThat(target().read(settings.key())).as("comparing writes nothing").isEmpty();

        assertThat(apply(settings).result()).isEqualTo(Result.CREATED);
        assertThat(compare(settings).action()).isEqualTo(Action.UNCHANGED);
        assertThat(compare(settings).fields()).isEmpty();
        assertThat(apply(settings).result()).as("applying it again").isEqualTo(Result.UNCHANGED);
        assertThat(target().inventory(environment())).singleElement().satisfies(live -> {
            assertThat(live.key()).isEqualTo(settings.key());
            assertThat(live.owner()).contains(settings.owner());
        });
        assertThat(value(settings.key(), "/data/level")).isEqualTo("info");
        assertThat(target().inventory(otherEnvironment())).isEmpty();
        assertThat(target().observe(settings.key())).isPresent();
    }

    @Test
    void differencesComeInTheOrderThatWasAskedFor() throws Exception {
        List<Desired> desired = List.of(
                named("zebra", Map.of("a", "1")), named("ape", Map.of("a", "1")), named("monkey", Map.of("a", "1")));
        apply(desired.get(1));
        List<Difference> differences = target().compare(desired);
        assertThat(differences)
                .extracting(Difference::key)
                .containsExactlyElementsOf(desired.stream().map(Desired::key).toList());
        assertThat(differences)
                .extracting(Difference::action)
                .containsExactly(Action.CREATE, Action.UNCHANGED, Action.CREATE);
    }

    @Test
    void whatThePersonChangedIsADifferenceAndIsPutRight() throws Exception {
        Desired settings = settings(Map.of("level", "info"));
        apply(settings);
        edit(settings.key(), body -> Trees.with(body, "/data/level", "debug"));
        Difference difference = compare(settings);
        assertThat(difference.action()).isEqualTo(Action.UPDATE);
        assertThat(difference.fields()).containsExactly(new FieldChange("/data/level", "debug", "info", false));
        assertThat(target().apply(settings, difference).result()).isEqualTo(Result.UPDATED);
        assertThat(value(settings.key(), "/data/level")).isEqualTo("info");
    }

    @Test
    void whatAPersonAddedIsLeftAlone() throws Exception {
        Desired settings = settings(Map.of("level", "info"));
        apply(settings);
        edit(settings.key(), body -> Trees.with(body, "/data/theirs", "kept"));
        assertThat(compare(settings).action()).isEqualTo(Action.UNCHANGED);
        Desired changed = settings(Map.of("level", "warn"));
        assertThat(apply(changed).result()).isEqualTo(Result.UPDATED);
        assertThat(value(settings.key(), "/data/theirs")).isEqualTo("kept");
    }

    @Test
    void aFieldThatIsWantedNoMoreIsRemoved() throws Exception {
        apply(settings(Map.of("level", "info", "colour", "red")));
        Desired less = settings(Map.of("level", "info"));
        Difference difference = compare(less);
        assertThat(difference.fields()).containsExactly(new FieldChange("/data/colour", "red", null, false));
        assertThat(target().apply(less, difference).result()).isEqualTo(Result.UPDATED);
        assertThat(value(less.key(), "/data/colour")).isNull();
        assertThat(compare(less).action()).isEqualTo(Action.UNCHANGED);
    }

    @Test
    void whatIsGoneIsMadeAgain() throws Exception {
        Desired settings = settings(Map.of("level", "info"));
        apply(settings);
        remove(settings.key());
        assertThat(compare(settings).action()).isEqualTo(Action.CREATE);
        assertThat(apply(settings).result()).isEqualTo(Result.CREATED);
    }

    @Test
    void whatIsNotOursIsNeverTouched() throws Exception {
        Desired settings = settings(Map.of("level", "info"));
        Map<String, Object> theirs = Map.of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                Map.of("name", "checkout", "namespace", environment()),
                "data",
                Map.of("level", "theirs"));
        make(settings.key(), theirs);
        Difference difference = compare(settings);
        assertThat(difference.refused().isPresent()
                        || difference.action() == Action.ADOPT
                        || !difference.conflicts().isEmpty())
                .as("it is said, not overwritten: %s", difference)
                .isTrue();
        Difference blind = new Difference(settings.key(), Action.CREATE, List.of(), "", List.of(), null);
        assertThat(target().apply(settings, blind).result()).isEqualTo(Result.FAILED);
        assertThat(target().delete(settings.key(), settings.owner()).result()).isEqualTo(Result.FAILED);
        assertThat(value(settings.key(), "/data/level")).isEqualTo("theirs");
        assertThat(target().inventory(environment())).isEmpty();
        assertThat(target().read(settings.key()).flatMap(Live::owner)).isEmpty();
    }

    @Test
    void onlyWhatIsOursIsDeletedAndTwiceIsFine() throws Exception {
        Desired settings = settings(Map.of("level", "info"));
        apply(settings);
        Ownership elsewhere = new Ownership(REPOSITORY, new SpecKey(otherEnvironment(), "Deployment", "pay"), false);
        assertThat(target().delete(settings.key(), elsewhere).result())
                .as("asked for another environment")
                .isEqualTo(Result.FAILED);
        assertThat(target().delete(settings.key(), settings.owner()).result()).isEqualTo(Result.DELETED);
        assertThat(target().read(settings.key())).isEmpty();
        assertThat(target().delete(settings.key(), settings.owner()).result()).isEqualTo(Result.DELETED);
    }

    @Test
    void aResourceChangesHandsOnlyWhenThatWasShown() throws Exception {
        Desired before = settings(Map.of("level", "info"));
        apply(before);
        Desired after =
                owned(before, new Ownership("billing", new SpecKey(otherEnvironment(), "Deployment", "pay"), false));
        Difference difference = compare(after);
        assertThat(difference.action()).isEqualTo(Action.UPDATE);
        assertThat(difference.conflicts()).isNotEmpty();
        assertThat(difference.reason()).contains(environment());

        Difference blind = new Difference(after.key(), Action.UPDATE, List.of(), "", List.of(), null);
        assertThat(target().apply(after, blind).result()).isEqualTo(Result.FAILED);
        assertThat(target().inventory(environment())).hasSize(1);

        assertThat(target().apply(after, difference).result()).isEqualTo(Result.UPDATED);
        assertThat(target().inventory(environment())).isEmpty();
        assertThat(target().inventory(otherEnvironment())).extracting(Live::key).containsExactly(after.key());
        assertThat(target().delete(after.key(), before.owner()).result())
                .as("the former owner's deletion")
                .isEqualTo(Result.FAILED);
        assertThat(target().read(after.key())).isPresent();
    }

    /** Two repositories may share an environment: a deletion that was planned for one does not meet the other. */
    @Test
    void whatAnotherRepositoryTookOverOutlivesTheDeletionThatWasPlannedBefore() throws Exception {
        Desired before = settings(Map.of("level", "info"));
        apply(before);
        Desired after = owned(before, new Ownership("billing", new SpecKey(environment(), "Deployment", "pay"), false));
        Difference difference = compare(after);
        assertThat(difference.conflicts()).isNotEmpty();
        assertThat(target().apply(after, difference).result()).isEqualTo(Result.UPDATED);

        Outcome outcome = target().delete(before.key(), before.owner());
        assertThat(outcome.result()).isEqualTo(Result.FAILED);
        assertThat(outcome.problem()).isNotNull();
        assertThat(outcome.toString()).contains("repository billing");
        assertThat(target().read(after.key()).flatMap(Live::owner)).contains(after.owner());
        assertThat(target().delete(after.key(), after.owner()).result()).isEqualTo(Result.DELETED);
    }

    @Test
    void aSpecThatIsRenamedTakesItsResourcesAlong() throws Exception {
        Desired before = settings(Map.of("level", "info"));
        apply(before);
        Desired after =
                owned(before, new Ownership(REPOSITORY, new SpecKey(environment(), "Deployment", "till"), false));
        Difference difference = compare(after);
        assertThat(difference.action()).isEqualTo(Action.UPDATE);
        assertThat(difference.conflicts()).isEmpty();
        assertThat(target().apply(after, difference).result()).isEqualTo(Result.UPDATED);
        assertThat(target().read(after.key()).flatMap(Live::owner)).contains(after.owner());
    }

    @Test
    void secretsAreComparedAndNeverTold() throws Exception {
        Desired secret = secret("aHVudGVyMg==");
        apply(secret);
        assertThat(compare(secret).action()).isEqualTo(Action.UNCHANGED);
        Difference difference = compare(secret("c2VzYW1l"));
        assertThat(difference.action()).isEqualTo(Action.UPDATE);
        assertThat(difference.fields()).containsExactly(new FieldChange("/data/password", null, null, true));
        assertThat(difference.toString()).doesNotContain("aHVudGVyMg==", "c2VzYW1l");
        assertThat(compare(named("fresh", Map.of("a", "1"))).toString()).doesNotContain("c2VzYW1l");
    }

    @Test
    void whatIsNotKnownYetIsShownByItsTextAndLiveStays() throws Exception {
        apply(settings(Map.of("url", "https://old", "level", "info")));
        Late late = new Late.Deferred("${queue.url}", false, List.of(key("v1/ConfigMap", "queue")), live -> "never");
        Desired unknown = resolve(body("v1", "ConfigMap", "checkout", Map.of("url", late, "level", "info")));
        Difference difference = compare(unknown);
        assertThat(difference.action()).isEqualTo(Action.UPDATE);
        assertThat(difference.fields())
                .containsExactly(new FieldChange("/data/url", "https://old", "${queue.url}", false));
        target().apply(unknown, difference);
        assertThat(value(unknown.key(), "/data/url")).isEqualTo("https://old");
    }

    @Test
    void theWatchTellsOfAPersonsChangesAndNotOfOurs() throws Exception {
        Desired edited = named("edited", Map.of("level", "info"));
        Desired removed = named("removed", Map.of("level", "info"));
        apply(edited);
        apply(removed);
        Set<Target.Change> told = ConcurrentHashMap.newKeySet();
        try (AutoCloseable watch = target().watch(told::add)) {
            assertThat(watch).isNotNull();
            Desired late = named("late", Map.of("level", "info"));
            apply(late);
            edit(edited.key(), body -> Trees.with(body, "/data/level", "debug"));
            remove(removed.key());
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> told.contains(new Target.Change(environment(), edited.key()))
                            && told.contains(new Target.Change(environment(), removed.key())));
            if (ignoresOwnWrites()) {
                assertThat(told).extracting(Target.Change::key).doesNotContain(late.key());
            }
        }
    }

    /** Whether the watch can tell our own writes from a person's. */
    protected boolean ignoresOwnWrites() {
        return true;
    }

    protected final Difference compare(Desired desired) throws TargetException {
        return target().compare(List.of(desired)).getFirst();
    }

    protected final Outcome apply(Desired desired) throws TargetException {
        return target().apply(desired, compare(desired));
    }

    protected final ResourceKey key(String type, String name) {
        return new ResourceKey("kubernetes", "dev", type, environment(), name);
    }

    private @Nullable Object value(ResourceKey key, String pointer) throws TargetException {
        Optional<Live> live = target().read(key);
        return Trees.at(live.orElseThrow().body(), pointer);
    }

    protected final Desired settings(Map<String, Object> data) {
        return named("checkout", data);
    }

    protected final Desired named(String name, Map<String, Object> data) {
        return resolve(body("v1", "ConfigMap", name, data));
    }

    private Desired secret(String password) {
        return resolve(body("v1", "Secret", "checkout", Map.of("password", password)));
    }

    private Map<String, Object> body(String version, String kind, String name, Map<String, Object> data) {
        Map<String, Object> metadata = Map.of("name", name, "namespace", environment(), "labels", Map.of("app", name));
        return Map.of("apiVersion", version, "kind", kind, "metadata", metadata, "data", data);
    }

    private Desired resolve(Map<String, Object> body) {
        return owned(body, new Ownership(REPOSITORY, new SpecKey(environment(), "Deployment", "checkout"), false));
    }

    private static Desired owned(Desired desired, Ownership owner) {
        Map<String, Object> body = Trees.without(desired.body(), "/metadata/labels");
        return Resolution.resolve(concrete(desired.key(), body, owner), owner, Map.of(), null, null);
    }

    protected final Desired owned(Map<String, Object> body, Ownership owner) {
        String type = Trees.text(body, "/apiVersion") + "/" + Trees.text(body, "/kind");
        ResourceKey key = key(type, Trees.text(body, "/metadata/name"));
        return Resolution.resolve(concrete(key, body, owner), owner, Map.of(), null, null);
    }

    private static ConcreteResource concrete(ResourceKey key, Map<String, Object> body, Ownership owner) {
        return new ConcreteResource(
                key, body, owner.stateful(), List.of(), List.of(), owner.spec(), "checkout.yaml", 1, Map.of());
    }
}

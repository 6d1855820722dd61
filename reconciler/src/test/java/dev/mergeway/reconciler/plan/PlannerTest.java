package dev.mergeway.reconciler.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.FieldChange;
import dev.mergeway.reconciler.resource.Live;
import dev.mergeway.reconciler.resource.Notice;
import dev.mergeway.reconciler.resource.Ownership;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.ResourceKey;
import dev.mergeway.schema.model.Severity;
import dev.mergeway.schema.model.SpecKey;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final Subject SUBJECT = new Subject("shop", 7, "b", "h", "m", List.of("shop-dev"));
    private static final Ownership OLD = owner("shop-old", false);

    private static Ownership owner(String environment, boolean stateful) {
        return new Ownership("shop", new SpecKey(environment, "Deployment", "checkout"), stateful);
    }

    private static ResourceKey key(String type, String name) {
        return new ResourceKey("kubernetes", "dev", type, "shop-dev", name);
    }

    private static ConcreteResource resource(ResourceKey key, boolean stateful, ResourceKey... dependsOn) {
        return new ConcreteResource(
                key,
                Map.of(),
                stateful,
                List.of(dependsOn),
                List.of(),
                new SpecKey("shop-dev", "Deployment", "checkout"),
                "checkout.yaml",
                3,
                Map.of("/spec/replicas", "/spec/replicas", "", ""));
    }

    private static Wanted wanted(ConcreteResource resource, Action action, FieldChange... fields) {
        return new Wanted(resource, new Difference(resource.key(), action, List.of(fields), "", List.of(), null));
    }

    private static Unwanted unwanted(ResourceKey key, Ownership owner) {
        return new Unwanted(new Live(key, Map.of("metadata", Map.of("labels", owner.labels())), "1"), "old.yaml", 1);
    }

    private static Plan plan(List<Wanted> wanted, List<Unwanted> unwanted) {
        return Planner.plan(SUBJECT, wanted, unwanted, List.of(), SpecLines.BEGINNING);
    }

    @Test
    void aNamespaceGoesAfterWhatIsInItAndNeedsTheSameApproval() {
        ResourceKey namespace = new ResourceKey("kubernetes", "dev", "v1/Namespace", "", "shop-dev");
        ResourceKey elsewhere = new ResourceKey("kubernetes", "dev", "v1/Namespace", "", "shop-old");
        ResourceKey data = key("v1/PersistentVolumeClaim", "data");
        ResourceKey web = key("apps/v1/Deployment", "web");
        Plan plan = plan(
                List.of(),
                List.of(
                        unwanted(namespace, OLD),
                        unwanted(elsewhere, OLD),
                        unwanted(data, owner("shop-old", true)),
                        unwanted(web, OLD)));
        assertThat(plan.steps())
                .extracting(PlanStep::resource, PlanStep::dependsOn, PlanStep::requires, PlanStep::stateful)
                .containsExactly(
                        tuple(web, List.of(), List.of(), false),
                        tuple(data, List.of(), List.of(Planner.APPROVAL), true),
                        tuple(namespace, List.of(web, data), List.of(Planner.APPROVAL), true),
                        tuple(elsewhere, List.of(), List.of(), false));
    }

    @Test
    void keepsTheApplyOrderAndDeletesLastInReverse() {
        ConcreteResource config = resource(key("v1/ConfigMap", "checkout"), false);
        ConcreteResource workload =
                resource(key("apps/v1/Deployment", "checkout"), false, config.key(), key("v1/Secret", "elsewhere"));
        Plan plan = plan(
                List.of(wanted(config, Action.CREATE), wanted(workload, Action.UNCHANGED)),
                List.of(
                        unwanted(key("v1/Namespace", "shop-old"), OLD),
                        unwanted(key("v1/Service", "old"), OLD),
                        unwanted(key("apps/v1/Deployment", "old"), OLD)));
        assertThat(plan.steps())
                .extracting(
                        step -> step.action().label() + " " + step.resource().kind())
                .containsExactly(
                        "create ConfigMap",
                        "unchanged Deployment",
                        "delete Deployment",
                        "delete Service",
                        "delete Namespace");
        assertThat(plan.steps().get(1).dependsOn()).as("of this plan alone").containsExactly(config.key());
        assertThat(plan.environments()).containsExactly("shop-dev", "shop-old");
        assertThat(plan.summary()).isEqualTo(new Summary(1, 0, 0, 3, 1));
    }

    @Test
    void whatWouldGoWithItIsGoneBefore() {
        ResourceKey namespace = new ResourceKey("kubernetes", "dev", "v1/Namespace", "", "shop-dev");
        ResourceKey definition = new ResourceKey(
                "kubernetes",
                "dev",
                "apiextensions.k8s.io/v1/CustomResourceDefinition",
                "",
                "lamps.lights.example.com");
        ResourceKey lamp = key("lights.example.com/v1/Lamp", "desk");
        ResourceKey operator = key("apps/v1/Deployment", "operator");
        ResourceKey elsewhere = new ResourceKey("kubernetes", "dev", "v1/ConfigMap", "other", "map");
        ResourceKey foreign = key("example.com/v1/Lamp", "floor");
        Plan plan = plan(
                List.of(),
                List.of(namespace, definition, lamp, operator, elsewhere, foreign).stream()
                        .map(key -> unwanted(key, OLD))
                        .toList());
        assertThat(plan.steps())
                .extracting(step -> step.resource().name(), PlanStep::dependsOn)
                .containsExactlyInAnyOrder(
                        tuple("desk", List.of()),
                        tuple("floor", List.of()),
                        tuple("operator", List.of(lamp)),
                        tuple("map", List.of(lamp)),
                        tuple("shop-dev", List.of(operator, foreign, lamp)),
                        tuple("lamps.lights.example.com", List.of(lamp)));
    }

    @Test
    void whatItWouldTakeAlongIsNamedAndNeedsAnApproval() {
        Unwanted namespace = unwanted(key("v1/Namespace", "shop-dev"), OLD);
        List<ResourceKey> along = IntStream.range(0, 6)
                .mapToObj(number -> key("v1/ConfigMap", "theirs-" + number))
                .toList();
        PlanStep alone = plan(List.of(), List.of(namespace)).steps().getFirst();
        assertThat(alone.requires()).isEmpty();
        PlanStep step =
                plan(List.of(), List.of(namespace.taking(along))).steps().getFirst();
        assertThat(step.requires()).containsExactly(Planner.APPROVAL);
        assertThat(step.stateful()).isTrue();
        assertThat(step.reason())
                .startsWith("it takes along what Mergeway did not make for it: ConfigMap theirs-0, ")
                .endsWith("ConfigMap theirs-4 and others");
    }

    private static Wanted noticed(String name, Action action, Notice... notices) {
        ConcreteResource resource = resource(key("apps/v1/Deployment", name), false);
        Difference difference = new Difference(resource.key(), action, List.of(), "", List.of(), null);
        return new Wanted(resource, difference.saying(List.of(notices)));
    }

    @Test
    void whatTargetsSayIsAWarningAtItsLineOnceForAllThatItIsSaidOf() {
        Notice weak = new Notice("target/warning", "", "the cluster warns: weak");
        Notice scaled = new Notice("target/admission", "/spec/replicas", "the cluster will change spec.replicas");
        Plan plan = plan(
                List.of(
                        noticed("one", Action.CREATE, weak, scaled),
                        noticed("two", Action.UPDATE, weak),
                        noticed("same", Action.UNCHANGED, new Notice("target/warning", "", "old news"))),
                List.of());
        assertThat(plan.findings())
                .extracting(Finding::severity, Finding::pointer, Finding::rule, Finding::message)
                .containsExactly(
                        tuple(
                                Severity.WARNING,
                                "",
                                "target/warning",
                                "Deployment one and 1 more: the cluster warns: weak"),
                        tuple(
                                Severity.WARNING,
                                "/spec/replicas",
                                "target/admission",
                                "Deployment one: the cluster will change spec.replicas"));
        assertThat(plan.hash())
                .as("words decide nothing")
                .isEqualTo(plan(
                                List.of(
                                        noticed("one", Action.CREATE),
                                        noticed("two", Action.UPDATE),
                                        noticed("same", Action.UNCHANGED)),
                                List.of())
                        .hash());
    }

    @Test
    void targetsThatSayALotAreCutShort() {
        List<Wanted> wanted = IntStream.range(0, 500)
                .mapToObj(number ->
                        noticed("d" + number, Action.CREATE, new Notice("target/warning", "", "no. " + number)))
                .toList();
        assertThat(plan(wanted, List.of()).findings())
                .hasSize(21)
                .extracting(Finding::message)
                .contains("The targets say 480 more things about this change, beginning with Deployment d20.");
    }

    @Test
    void aResourceThatChangesHandsIsNotDeleted() {
        ResourceKey key = key("apps/v1/Deployment", "checkout");
        Difference transfer = new Difference(
                key,
                Action.UPDATE,
                List.of(),
                "belongs to " + OLD.title() + " until now",
                List.of(OLD.conflict()),
                null);
        Wanted wanted = new Wanted(resource(key, false), transfer);
        Plan given = plan(List.of(wanted), List.of(unwanted(key, OLD)));
        assertThat(given.steps()).singleElement().satisfies(step -> {
            assertThat(step.action()).isEqualTo(Action.UPDATE);
            assertThat(step.reason()).contains("shop-old");
            assertThat(step.requires()).isEmpty();
        });
        Plan taken = plan(List.of(wanted), List.of());
        assertThat(taken.steps().getFirst().requires())
                .as("its owner did not give it up")
                .containsExactly("approval");
        Plan version = plan(
                List.of(wanted(resource(key, false), Action.UPDATE)),
                List.of(unwanted(key("apps/v1beta1/Deployment", "checkout"), OLD)));
        assertThat(version.steps()).as("another version of the same object").hasSize(1);
    }

    @Test
    void losingDataAndTakingOverRequireAnApproval() {
        ResourceKey claim = key("v1/PersistentVolumeClaim", "data");
        assertThat(plan(List.of(), List.of(unwanted(claim, owner("shop-dev", true))))
                        .steps()
                        .getFirst()
                        .requires())
                .containsExactly("approval");
        assertThat(plan(List.of(), List.of(unwanted(claim, OLD)))
                        .steps()
                        .getFirst()
                        .requires())
                .isEmpty();
        for (Action action : List.of(Action.CREATE, Action.UPDATE, Action.UNCHANGED, Action.REPLACE, Action.ADOPT)) {
            PlanStep step = plan(List.of(wanted(resource(claim, true), action)), List.of())
                    .steps()
                    .getFirst();
            assertThat(step.requires().contains("approval"))
                    .as(action.label())
                    .isEqualTo(action == Action.REPLACE || action == Action.ADOPT);
        }
    }

    @Test
    void aRefusalIsShownAtTheLineThatDecidedTheField() {
        ConcreteResource resource = resource(key("apps/v1/Deployment", "checkout"), false);
        Problem problem = new Problem(Problem.Turn.AUTHOR, "must be at least 0", "/spec/replicas", false);
        Wanted refused =
                new Wanted(resource, new Difference(resource.key(), Action.CREATE, List.of(), "", List.of(), problem));
        Plan plan = Planner.plan(
                SUBJECT,
                List.of(refused),
                List.of(),
                List.of(),
                (of, pointer) -> new Position(pointer.equals("/spec/replicas") ? 9 : 1, 2));
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.position().line()).isEqualTo(9);
            assertThat(finding.rule()).isEqualTo("target/refused");
            assertThat(finding.message()).isEqualTo("Deployment checkout: must be at least 0");
            assertThat(finding).extracting(Finding::isError).isEqualTo(true);
        });
    }

    @Test
    void theHashFollowsWhatHappensAndNothingElse() {
        ConcreteResource resource = resource(key("apps/v1/Deployment", "checkout"), false);
        FieldChange scale = new FieldChange("/spec/replicas", 1L, 2L, false);
        Plan plan = plan(List.of(wanted(resource, Action.UPDATE, scale)), List.of());
        Subject later = new Subject("shop", 8, "b2", "h2", "m2", List.of());
        assertThat(Planner.plan(
                                later,
                                List.of(wanted(resource, Action.UPDATE, scale)),
                                List.of(),
                                List.of(),
                                SpecLines.BEGINNING)
                        .hash())
                .isEqualTo(plan.hash())
                .matches("[0-9a-f]{16}");
        List<Plan> others = List.of(
                plan(
                        List.of(wanted(resource, Action.UPDATE, new FieldChange("/spec/replicas", 1L, 3L, false))),
                        List.of()),
                plan(
                        List.of(wanted(resource, Action.UPDATE, new FieldChange("/spec/replicas", 0L, 2L, false))),
                        List.of()),
                plan(List.of(wanted(resource, Action.REPLACE, scale)), List.of()),
                plan(List.of(wanted(resource, Action.UPDATE, scale)), List.of(unwanted(key("v1/Service", "x"), OLD))));
        assertThat(others).extracting(Plan::hash).doesNotContain(plan.hash()).doesNotHaveDuplicates();
        assertThat(PlanHash.ofDestroyed(plan.steps())).isEqualTo(PlanHash.ofDestroyed(List.of()));
        assertThat(PlanHash.ofDestroyed(others.getLast().steps())).isNotEqualTo(PlanHash.ofDestroyed(List.of()));
    }
}

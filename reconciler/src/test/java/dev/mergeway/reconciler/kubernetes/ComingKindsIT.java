package dev.mergeway.reconciler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.kubernetes.ClusterAccess.Kubeconfig;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.resource.Problem.Turn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Objects whose kind comes with the same plan: what is said of them before, and what the API server says of them after. */
class ComingKindsIT {
    @RegisterExtension
    static final KubernetesServer SERVER = new KubernetesServer();

    private static final String DEFINITION = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: { name: lamps.NS.example.com }
            spec:
              group: NS.example.com
              scope: Namespaced
              names: { plural: lamps, singular: lamp, kind: Lamp }
              versions:
                - name: v1
                  served: true
                  storage: true
                  schema:
                    openAPIV3Schema:
                      type: object
                      required: [spec]
                      properties:
                        spec:
                          type: object
                          required: [watts, room]
                          properties:
                            watts: { type: integer, minimum: 0, exclusiveMinimum: true, maximum: 2000 }
                            room: { type: string, default: hall, pattern: "^[a-z]+$", maxLength: 8 }
                            hue: { type: string, nullable: true, enum: [red, blue] }
                            note: { type: string, nullable: true }
                            port: { x-kubernetes-int-or-string: true }
                            tags: { type: array, x-kubernetes-list-type: set, items: { type: string }, maxItems: 3 }
                            labels: { type: object, additionalProperties: { type: string } }
                            free: { type: object, x-kubernetes-preserve-unknown-fields: true, properties: { a: { type: integer } } }
                            inner: { type: object, x-kubernetes-embedded-resource: true, properties: { spec: { type: object, properties: { b: { type: integer } } } } }
                            part: { type: object, required: [size], properties: { size: { type: integer, default: 3 }, odd: { type: boolean } } }
                            code: { type: string, pattern: "^(?P<letter>[a-z])+$" }
                            one: { type: string }
                            other: { type: string }
                          oneOf:
                            - required: [one]
                            - required: [other]
            """;

    private static final String LAMP = """
            apiVersion: NS.example.com/v1
            kind: Lamp
            metadata: { name: desk, namespace: NS, labels: { a: b } }
            spec: SPEC
            """;

    /** Specs, and where each is wrong; "" where it fits. What stands after a {@code ?} only the API server can say. */
    private static final Map<String, String> SPECS = new LinkedHashMap<>();

    static {
        SPECS.put("{ watts: 7, one: x }", "");
        SPECS.put("{ watts: 7, one: x, room: null, note: null }", "");
        SPECS.put("{ watts: 7, one: x, hue: null }", "/spec/hue");
        SPECS.put("{ watts: 7, one: x, hue: red, port: 80, tags: [a, b], labels: { k: v }, code: a }", "");
        SPECS.put("{ watts: 7, one: x, port: http, free: { a: 1, anything: { goes: [1] } } }", "");
        SPECS.put(
                "{ watts: 7, one: x, inner: { apiVersion: v1, kind: Pod, metadata: { name: p }, spec: { b: 1 } } }",
                "");
        SPECS.put("{ watts: 7, other: x, part: { odd: true } }", "");
        SPECS.put("{ watts: seven, one: x }", "/spec/watts");
        SPECS.put("{ watts: 0, one: x }", "/spec/watts");
        SPECS.put("{ watts: 2001, one: x }", "/spec/watts");
        SPECS.put("{ one: x }", "/spec");
        SPECS.put("{ watts: 7, one: x, room: Hall }", "/spec/room");
        SPECS.put("{ watts: 7, one: x, room: livingroom }", "/spec/room");
        SPECS.put("{ watts: 7, one: x, hue: green }", "/spec/hue");
        SPECS.put("{ watts: 7, one: x, port: [80] }", "/spec/port");
        SPECS.put("{ watts: 7, one: x, tags: [a, a] }", "/spec/tags");
        SPECS.put("{ watts: 7, one: x, tags: [a, b, c, d] }", "/spec/tags");
        SPECS.put("{ watts: 7, one: x, labels: { k: 1 } }", "/spec/labels/k");
        SPECS.put("{ watts: 7, one: x, free: { a: text } }", "/spec/free/a");
        SPECS.put("{ watts: 7, one: x, part: { even: true } }", "/spec/part/even");
        SPECS.put("{ watts: 7, one: x, wats: 8 }", "/spec/wats");
        SPECS.put("{ watts: 7 }", "/spec");
        SPECS.put("{ watts: 7, one: x, other: x }", "?");
        SPECS.put("{ watts: 7, one: x, code: A }", "?");
        SPECS.put(
                "{ watts: 7, one: x, inner: { apiVersion: v1, kind: Pod, metadata: { name: p }, spec: { c: 1 } } }",
                "/spec/inner/spec/c");
    }

    private KubernetesTarget target;
    private String environment;
    private Desired definition;

    @BeforeEach
    void begin() throws Exception {
        target = new KubernetesTarget(ClusterAccess.of("test", new Kubeconfig(SERVER.kubeconfig(), "")));
        environment = SERVER.freshName("coming");
        definition = Wanted.one(environment, DEFINITION);
        SERVER.kubectl("create", "namespace", environment);
    }

    @AfterEach
    void end() {
        target.close();
        SERVER.kubectl("delete", "crd", "--ignore-not-found", "lamps." + environment + ".example.com");
    }

    private Desired lamp(String spec) {
        return Wanted.one(environment, LAMP.replace("SPEC", spec));
    }

    @Test
    void whatADefinitionRefusesTheServerRefusesAsWell() throws Exception {
        List<Desired> lamps = SPECS.keySet().stream().map(this::lamp).toList();
        List<String> before = new java.util.ArrayList<>();
        for (Desired lamp : lamps) {
            Difference alone = target.compare(List.of(definition, lamp)).getLast();
            assertThat(alone.action()).isEqualTo(Action.CREATE);
            before.add(alone.refused().map(Problem::pointer).orElse(""));
        }
        assertThat(before)
                .containsExactlyElementsOf(SPECS.values().stream()
                        .map(at -> at.equals("?") ? "" : at)
                        .toList());

        Difference plan = target.compare(List.of(definition)).getFirst();
        assertThat(target.apply(definition, plan).problem()).isNull();
        for (Desired lamp : lamps) {
            String at = String.valueOf(SPECS.values().toArray()[lamps.indexOf(lamp)]);
            Difference after = target.compare(List.of(definition, lamp)).getLast();
            assertThat(after.refused().isPresent())
                    .as("%s is %s", lamp.body(), after)
                    .isEqualTo(!at.isEmpty());
        }
    }

    @Test
    void aPlanSaysWhatIsWrongAndWhoseTurnItIs() throws Exception {
        Problem problem = target.compare(List.of(definition, lamp("{ wats: 7, one: x }")))
                .getLast()
                .refused()
                .orElseThrow();
        assertThat(problem.turn()).isEqualTo(Turn.AUTHOR);
        assertThat(problem.pointer()).isEqualTo("/spec/wats");
        assertThat(problem.message())
                .isEqualTo("Lamp " + environment
                        + "/desk does not fit its kind, which comes with the same change: 'spec' has no field 'wats'."
                        + " Did you mean 'watts'?");
    }

    @Test
    void whatIsKnownLaterIsNotMissed() throws Exception {
        Desired lamp = lamp("{ one: x }");
        Desired later =
                new Desired(lamp.key(), lamp.owner(), lamp.body(), Map.of("/spec/watts", "${later}"), lamp.sensitive());
        Difference planned = target.compare(List.of(definition, later)).getLast();
        assertThat(planned.refused()).isEmpty();
    }

    @Test
    void valuesThatMustNotBeShownAreNot() throws Exception {
        Desired lamp = lamp("{ watts: 7, one: x, hue: hunter2 }");
        Desired secret = new Desired(lamp.key(), lamp.owner(), lamp.body(), lamp.unknown(), Set.of("/spec/hue"));
        Problem problem =
                target.compare(List.of(definition, secret)).getLast().refused().orElseThrow();
        assertThat(problem.message()).doesNotContain("hunter2").contains("hue");
    }

    @Test
    void anObjectIsHeldAgainstWhatTheSamePlanMakesOfItsKind() throws Exception {
        Difference plan = target.compare(List.of(definition)).getFirst();
        assertThat(target.apply(definition, plan).problem()).isNull();
        Desired narrower = Wanted.one(environment, DEFINITION.replace("maximum: 2000", "maximum: 100"));
        assertThat(target.compare(List.of(definition, lamp("{ watts: 500, one: x }")))
                        .getLast()
                        .refused())
                .isEmpty();
        assertThat(target.compare(List.of(narrower, lamp("{ watts: 500, one: x }")))
                        .getLast()
                        .refused())
                .hasValueSatisfying(problem -> assertThat(problem.pointer()).isEqualTo("/spec/watts"));
    }
}

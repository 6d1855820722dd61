package dev.mergeway.reconciler.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.resource.HealthState.Status;
import dev.mergeway.reconciler.resource.Live;
import dev.mergeway.reconciler.resource.Look;
import dev.mergeway.reconciler.resource.Observation;
import dev.mergeway.schema.model.ConcreteResource.ReadyCheck;
import dev.mergeway.schema.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class HealthRulesTest {
    private static final String ROLLING = """
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, generation: 2}, spec: {replicas: 2},
             status: {observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 1}}
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {apiVersion: v1, kind: ConfigMap} | HEALTHY | ""
            {apiVersion: v1, kind: Namespace, status: {phase: Active}} | HEALTHY | ""
            {apiVersion: v1, kind: Namespace, metadata: {deletionTimestamp: x}} | PROGRESSING | it is being deleted
            {apiVersion: apps/v1, kind: Deployment, metadata: {generation: 2}, status: {observedGeneration: 1}} | PROGRESSING | its controller has not seen the last change yet
            {apiVersion: apps/v1, kind: Deployment, spec: {replicas: 0}, status: {}} | HEALTHY | ""
            {apiVersion: apps/v1, kind: Deployment, spec: {replicas: 3}, status: {replicas: 3, updatedReplicas: 1}} | PROGRESSING | 1 of 3 pods are of the new version
            {apiVersion: apps/v1, kind: Deployment, spec: {replicas: 1}, status: {replicas: 2, updatedReplicas: 1, availableReplicas: 1}} | PROGRESSING | 1 pods of the old version are still there
            {apiVersion: apps/v1, kind: Deployment, spec: {paused: true}} | SUSPENDED | its rollout is paused
            {apiVersion: apps/v1, kind: Deployment, spec: {progressDeadlineSeconds: 60}, status: {conditions: [{type: Progressing, status: "False", reason: ProgressDeadlineExceeded}]}} | DEGRADED | its rollout made no progress for 60 s
            {apiVersion: apps/v1, kind: Deployment, status: {conditions: [{type: ReplicaFailure, status: "True", message: 'pods "x" is forbidden: exceeded quota: q, requested: cpu=2, used: cpu=3, limited: cpu=4'}]}} | DEGRADED | its pods do not fit the quota q: one more needs cpu=2, used are cpu=3 of cpu=4. Ask for less, or for a larger quota
            {apiVersion: apps/v1, kind: StatefulSet, spec: {replicas: 2}, status: {readyReplicas: 2, updatedReplicas: 1, currentRevision: a, updateRevision: b}} | PROGRESSING | 1 of 2 pods are of the new version
            {apiVersion: apps/v1, kind: StatefulSet, spec: {replicas: 2}, status: {readyReplicas: 2, updatedReplicas: 2}} | HEALTHY | ""
            {apiVersion: apps/v1, kind: DaemonSet, status: {desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 1}} | PROGRESSING | 1 of 2 pods are available
            {apiVersion: batch/v1, kind: Job, status: {conditions: [{type: Complete, status: "True"}]}} | HEALTHY | ""
            {apiVersion: batch/v1, kind: Job, status: {conditions: [{type: Failed, status: "True", message: Job has reached the specified backoff limit}]}} | DEGRADED | Job has reached the specified backoff limit
            {apiVersion: batch/v1, kind: Job, spec: {suspend: true}} | SUSPENDED | it is suspended
            {apiVersion: batch/v1, kind: Job} | PROGRESSING | it is running
            {apiVersion: v1, kind: PersistentVolumeClaim, status: {phase: Bound}} | HEALTHY | ""
            {apiVersion: v1, kind: PersistentVolumeClaim, status: {phase: Lost}} | DEGRADED | its volume is lost
            {apiVersion: v1, kind: PersistentVolumeClaim, status: {phase: Pending}} | PROGRESSING | it has no volume yet
            {apiVersion: v1, kind: Service, spec: {type: LoadBalancer}} | PROGRESSING | its load balancer has no address yet
            {apiVersion: v1, kind: Service, spec: {type: ClusterIP}, status: {loadBalancer: {}}} | HEALTHY | ""
            {apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, status: {conditions: [{type: ScalingActive, status: "False", reason: ScalingDisabled}]}} | HEALTHY | ""
            {apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, status: {conditions: [{type: AbleToScale, status: "False", reason: FailedGetScale, message: no such deployment}]}} | DEGRADED | no such deployment
            {apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, status: {conditions: [{type: Established, status: "True"}]}} | HEALTHY | ""
            {apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, status: {conditions: [{type: NamesAccepted, status: "False", message: taken}]}} | DEGRADED | taken
            {apiVersion: example.com/v1, kind: Thing, spec: {a: b}} | HEALTHY | ""
            {apiVersion: example.com/v1, kind: Thing, status: {conditions: [{type: Ready, status: "False", reason: Broken, message: no}]}} | DEGRADED | no
            {apiVersion: example.com/v1, kind: Thing, status: {conditions: [{type: Ready, status: "False", reason: Broken, message: "login at amqp://shop:hunter2@mq failed"}]}} | DEGRADED | login at amqp://shop:•••@mq failed
            {apiVersion: example.com/v1, kind: Thing, status: {conditions: [{type: Ready, status: "Unknown"}]}} | PROGRESSING | Ready is Unknown
            {apiVersion: example.com/v1, kind: Thing, status: {conditions: [{type: Stalled, status: "True", message: stuck}, {type: Ready, status: "True"}]}} | DEGRADED | stuck
            {apiVersion: cert-manager.io/v1, kind: Certificate} | PROGRESSING | its controller has not reported yet
            """)
    void judgesByWhatTheObjectSays(String yaml, Status status, String message) {
        assertThat(HealthRules.judge(observed(yaml))).isEqualTo(new HealthState(status, message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {waiting: {reason: ImagePullBackOff, message: Back-off}} | 0 | {} | DEGRADED | the image shop/web:9 of container main of pod web-1 cannot be pulled: Failed to pull image: not found
            {waiting: {reason: CrashLoopBackOff}} | 5 | {terminated: {exitCode: 137, reason: OOMKilled}} | DEGRADED | container main of pod web-1 used more memory than its limit allows and was killed (exit code 137, restarted 5 times)
            {waiting: {reason: CrashLoopBackOff}} | 5 | {terminated: {exitCode: 1, message: "panic: no database\\n  at postgres://shop:hunter2@db"}} | DEGRADED | container main of pod web-1 keeps crashing (exit code 1, restarted 5 times): panic: no database at postgres://shop:•••@db
            {waiting: {reason: CrashLoopBackOff}} | 1 | {terminated: {exitCode: 1}} | PROGRESSING | container main of pod web-1 keeps crashing (exit code 1, restarted 1 times)
            {waiting: {reason: CreateContainerConfigError, message: 'secret "db" not found'}} | 0 | {} | DEGRADED | container main of pod web-1 cannot start: secret "db" not found
            {running: {}} | 0 | {} | PROGRESSING | pod web-1 does not get ready: Readiness probe failed: HTTP 503
            """)
    void namesThePodsTrouble(String state, int restarts, String last, Status status, String trouble) {
        String pod = """
                {kind: Pod, metadata: {name: web-1, uid: u1}, spec: {containers: [{name: main, image: 'shop/web:9'}]},
                 status: {containerStatuses: [{name: main, restartCount: %d, state: %s, lastState: %s}]}}
                """.formatted(restarts, state, last);
        String event = "{kind: Event, type: Warning, reason: %s, involvedObject: {uid: u1}, message: '%s'}";
        Observation observation = observed(
                ROLLING,
                pod,
                event.formatted("Failed", "Failed to pull image: not found"),
                event.formatted("Unhealthy", "Readiness probe failed: HTTP 503"));
        assertThat(HealthRules.judge(observation))
                .isEqualTo(new HealthState(status, "1 of 2 pods are available: " + trouble));
    }

    @Test
    void namesWhyAPodCannotBeScheduled() {
        String pod = """
                {kind: Pod, metadata: {name: web-1}, status: {conditions: [{type: PodScheduled, status: "False",
                 reason: Unschedulable, message: '0/1 nodes are available: insufficient cpu.'}]}}
                """;
        assertThat(HealthRules.judge(observed(ROLLING, pod)).message())
                .endsWith("pod web-1 cannot be scheduled: 0/1 nodes are available: insufficient cpu.");
    }

    @Test
    void aClaimThatWaitsForItsFirstPodIsHealthy() {
        HealthState state = HealthRules.judge(observed(
                "{apiVersion: v1, kind: PersistentVolumeClaim, status: {phase: Pending}}",
                "{kind: Event, type: Normal, reason: WaitForFirstConsumer, message: waiting}"));
        assertThat(state.status()).isEqualTo(Status.HEALTHY);
    }

    @Test
    void awsResourcesAreHealthyWhereTheyAre() {
        ResourceKey key = new ResourceKey("aws", "sandbox", "AWS::SQS::Queue", "", "orders");
        Observation observation = new Observation(new Live(key, Map.of("QueueUrl", "u"), "1"), List.of());
        assertThat(HealthRules.judge(observation)).isEqualTo(HealthState.HEALTHY);
    }

    @Test
    void checksOfABlueprintComeOnTop() {
        Observation healthy = observed("{apiVersion: v1, kind: ConfigMap, data: {done: 'no'}}");
        ReadyCheck check = new ReadyCheck(
                "${map.data.done == 'yes'}",
                body -> Look.text(body, "data", "done").equals("yes"));
        assertThat(HealthRules.judge(healthy, List.of(check)))
                .isEqualTo(new HealthState(Status.PROGRESSING, "waiting for ${map.data.done == 'yes'}"));
        assertThat(HealthRules.judge(observed(ROLLING), List.of(check)).message())
                .isEqualTo("1 of 2 pods are available");
    }

    private static Observation observed(String yaml, String... related) {
        Map<String, Object> body = yaml(yaml);
        String type = Look.text(body, "apiVersion") + "/" + Look.text(body, "kind");
        ResourceKey key = new ResourceKey("kubernetes", "test", type, "ns", "web");
        List<Map<String, Object>> trees = new ArrayList<>();
        for (String one : related) {
            trees.add(yaml(one));
        }
        return new Observation(new Live(key, body, "1"), trees);
    }

    private static Map<String, Object> yaml(String text) {
        return Look.map(new Load(LoadSettings.builder().build()).loadFromString(text));
    }
}

package dev.mergeway.reconciler.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.Late;
import dev.mergeway.schema.model.ResourceKey;
import dev.mergeway.schema.model.SpecKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResolutionTest {
    private static final ResourceKey QUEUE = new ResourceKey("aws", "sandbox", "AWS::SQS::Queue", "", "orders");
    private static final Ownership OWNER =
            new Ownership("shop", new SpecKey("shop-dev", "Deployment", "checkout"), false);
    private static final Late URL = new Late.Deferred("${queue.QueueUrl}", false, List.of(QUEUE), live -> {
        Object url = Trees.at(live.get(QUEUE), "/QueueUrl");
        if (url == null) {
            throw new Late.UnresolvedException("the queue has no QueueUrl yet");
        }
        return url;
    });

    private static ConcreteResource resource(String type, Map<String, Object> body) {
        ResourceKey key = new ResourceKey("kubernetes", "dev", type, "shop-dev", "checkout");
        return new ConcreteResource(key, body, false, List.of(), List.of(), OWNER.spec(), "checkout.yaml", 1, Map.of());
    }

    private static Desired resolve(ConcreteResource resource, Map<ResourceKey, Map<String, Object>> live) {
        return Resolution.resolve(resource, OWNER, live, null, null);
    }

    @Test
    void putsTheLabelsOfItsOwnerBesideItsOwn() {
        Desired desired =
                resolve(resource("v1/ConfigMap", Map.of("metadata", Map.of("labels", Map.of("app", "x")))), Map.of());
        assertThat(Trees.mapping(desired.body(), "/metadata/labels"))
                .containsEntry("app", "x")
                .containsEntry(Ownership.ENVIRONMENT, "shop-dev")
                .containsEntry("app.kubernetes.io/managed-by", "mergeway");
    }

    @Test
    void takesADeferredValueFromTheLiveResource() {
        ConcreteResource resource = resource("v1/ConfigMap", Map.of("data", Map.of("url", URL)));
        assertThat(Trees.at(
                        resolve(resource, Map.of(QUEUE, Map.of("QueueUrl", "https://q")))
                                .body(),
                        "/data/url"))
                .isEqualTo("https://q");
    }

    @Test
    void leavesOutAndNamesWhatIsNotKnownYet() {
        ConcreteResource resource = resource("v1/ConfigMap", Map.of("data", Map.of("url", URL, "other", "x")));
        for (Map<ResourceKey, Map<String, Object>> live :
                List.of(Map.<ResourceKey, Map<String, Object>>of(), Map.of(QUEUE, Map.<String, Object>of()))) {
            Desired desired = resolve(resource, live);
            assertThat(Trees.mapping(desired.body(), "/data")).containsOnlyKeys("other");
            assertThat(desired.unknown()).containsExactly(Map.entry("/data/url", "${queue.QueueUrl}"));
        }
    }

    @Test
    void leavesOutAWholeListSoThatNoElementMoves() {
        ConcreteResource resource = resource("v1/Pod", Map.of("args", List.of("--url", URL, "--fast")));
        Desired desired = resolve(resource, Map.of());
        assertThat(desired.body()).doesNotContainKey("args");
        assertThat(desired.unknown()).containsExactly(Map.entry("/args", "${queue.QueueUrl}"));
    }

    @Test
    void keepsAGeneratedValueThatIsLiveAndMakesOneOtherwise() {
        ConcreteResource secret = resource("v1/Secret", Map.of("data", Map.of("password", new Late.Generated(16))));
        Desired planned = Resolution.resolve(secret, OWNER, Map.of(), null, null);
        assertThat(planned.unknown()).containsEntry("/data/password", "${random(16)}");
        assertThat(planned.sensitive()).contains("/data", "/data/password");
        Desired made = Resolution.resolve(secret, OWNER, Map.of(), null, "a"::repeat);
        assertThat(Trees.at(made.body(), "/data/password")).isEqualTo("YWFhYWFhYWFhYWFhYWFhYQ==");
        Map<String, Object> live = Map.of("data", Map.of("password", "a2VwdA=="));
        Desired kept = Resolution.resolve(secret, OWNER, Map.of(), live, "b"::repeat);
        assertThat(Trees.at(kept.body(), "/data/password")).isEqualTo("a2VwdA==");
    }

    @Test
    void marksWhatASecretFlowsInto() {
        Late secret = new Late.Deferred("${db.password}", true, List.of(), live -> "hunter2");
        Desired desired = resolve(resource("x/v1/Thing", Map.of("spec", Map.of("token", secret))), Map.of());
        assertThat(desired.sensitive()).containsExactly("/spec/token");
        assertThat(Trees.at(desired.body(), "/spec/token")).isEqualTo("hunter2");
    }
}

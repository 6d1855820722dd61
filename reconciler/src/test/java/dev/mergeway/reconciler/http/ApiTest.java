package dev.mergeway.reconciler.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.plan.PlanStep;
import dev.mergeway.reconciler.policy.Verdict;
import dev.mergeway.reconciler.report.PlanJson;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.FieldChange;
import dev.mergeway.reconciler.run.EnvironmentState.Sync;
import dev.mergeway.reconciler.run.PullState;
import dev.mergeway.reconciler.store.Samples;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.Severity;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiTest {
    private Served served;
    private ApiDescription description;

    @BeforeAll
    void start() throws Exception {
        served = new Served().filled();
        for (int i = 0; i < 7; i++) {
            served.store.save(Samples.environment("many-" + i, Sync.SYNCED));
        }
        description = ApiDescription.of(served.get("/openapi.yaml").body());
    }

    @AfterAll
    void stop() {
        served.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/environments, /api/v1/environments, 200",
        "/api/v1/environments?limit=0, /api/v1/environments, 400",
        "/api/v1/environments?limit=many, /api/v1/environments, 400",
        "/api/v1/environments/shop-dev, /api/v1/environments/{name}, 200",
        "/api/v1/environments/nobody, /api/v1/environments/{name}, 404",
        "/api/v1/resources, /api/v1/resources, 200",
        "/api/v1/resources?status=Degraded&provider=kubernetes, /api/v1/resources, 200",
        "/api/v1/resources?after=%25%25, /api/v1/resources, 400",
        "/api/v1/pulls, /api/v1/pulls, 200",
        "/api/v1/pulls?after=shop/many, /api/v1/pulls, 400",
        "/api/v1/pulls/shop/12, /api/v1/pulls/{repo}/{number}, 200",
        "/api/v1/pulls/shop/11, /api/v1/pulls/{repo}/{number}, 200",
        "/api/v1/pulls/shop/99, /api/v1/pulls/{repo}/{number}, 404",
        "/api/v1/pulls/shop/x, /api/v1/pulls/{repo}/{number}, 404",
        "/api/v1/pulls/shop/99/plan.json, /api/v1/pulls/{repo}/{number}/plan.json, 404",
        "/api/v1/runs, /api/v1/runs, 200",
        "/api/v1/runs?environment=shop-dev&limit=1, /api/v1/runs, 200",
        "/api/v1/runs/20261125-1, /api/v1/runs/{id}, 200",
        "/api/v1/runs/20261125-2, /api/v1/runs/{id}, 200",
        "/api/v1/runs/none, /api/v1/runs/{id}, 404",
        "/api/v1/kinds, /api/v1/kinds, 200",
        "/api/v1/kinds/Queue/schema, /api/v1/kinds/{kind}/schema, 200",
        "/api/v1/kinds/Nope/schema, /api/v1/kinds/{kind}/schema, 404",
        "/healthz, /healthz, 200",
        "/readyz, /readyz, 200",
        "/metrics, /metrics, 200",
    })
    void answersAsItsDescriptionSays(String path, String route, int status) throws Exception {
        HttpResponse<String> answer = served.get(path);
        assertThat(answer.statusCode()).isEqualTo(status);
        description.check("get", route, answer);
    }

    @Test
    void describesEveryRouteThatItHasUnderTheApi() {
        assertThat(description.paths())
                .contains("/api/v1/events", "/api/v1/validate")
                .allSatisfy(path -> assertThat(path).matches("/(api/v1/|healthz|readyz|metrics).*"));
    }

    @Test
    void showsTheMembersThatUsersRelyOn() throws Exception {
        Map<?, ?> environment = json("/api/v1/environments/shop-dev");
        assertThat(environment.get("sync")).isEqualTo("Synced");
        assertThat(environment.get("health")).isEqualTo("Healthy");
        assertThat(environment.get("revision")).isEqualTo("a".repeat(40));
        assertThat(environment.get("resources")).isEqualTo(2);
        assertThat(environment.get("lastRun")).isEqualTo("20261125-1");
        Map<?, ?> pull = json("/api/v1/pulls/shop/12");
        assertThat(pull.get("verdict")).isEqualTo("ready");
        assertThat(pull.get("summary"))
                .isEqualTo(Map.of("create", 1, "update", 0, "replace", 0, "delete", 0, "unchanged", 0));
        assertThat(pull.get("comment")).isEqualTo("**One queue** is created.");
        assertThat(served.get("/api/v1/pulls/shop/12/plan.json").body())
                .isEqualTo(Samples.pull("shop", 12, "open").plan());
        Map<?, ?> degraded =
                (Map<?, ?>) items(json("/api/v1/resources?status=Degraded")).getFirst();
        assertThat(degraded.get("type")).isEqualTo("apps/v1/Deployment");
        assertThat(degraded.get("spec"))
                .isEqualTo(Map.of("repository", "shop", "file", "apps/checkout.yaml", "line", 12));
        assertThat(degraded.get("message")).isEqualTo("image <b>not</b> found");
        Map<?, ?> run = json("/api/v1/runs/20261125-1");
        assertThat(run.get("state")).isEqualTo("Succeeded");
        assertThat((List<?>) run.get("steps")).hasSize(1);
    }

    @Test
    void aPlanAsItIsWrittenIsAsDescribed() throws Exception {
        PlanStep create = new PlanStep(
                Action.CREATE,
                Samples.key("checkout"),
                "shop-dev",
                "apps/checkout.yaml",
                12,
                List.of(new FieldChange("/spec/replicas", null, 2L, false)),
                List.of("approval"),
                List.of(Samples.key("config")),
                "",
                false);
        PlanStep orphan = new PlanStep(
                Action.DELETE, Samples.key("old"), "shop-dev", "", 0, List.of(), List.of(), List.of(), "", true);
        Finding finding = new Finding(Severity.WARNING, "a.yaml", Position.START, "", "spec/no-environment", "m", "");
        Plan plan = new Plan(
                "shop", 70, "b", "h", "m", List.of("shop-dev"), List.of(finding), List.of(create, orphan), "0123");
        PullState pull = Samples.pull("shop", 70, "merged");
        served.store.save(new PullState(
                "shop",
                70,
                pull.title(),
                pull.branch(),
                pull.head(),
                pull.author(),
                "merged",
                pull.url(),
                "blocked",
                "0123",
                pull.comment(),
                PlanJson.write(plan, Verdict.BLOCKED)));
        HttpResponse<String> answer = served.get("/api/v1/pulls/shop/70/plan.json");
        assertThat(answer.statusCode()).isEqualTo(200);
        description.check("get", "/api/v1/pulls/{repo}/{number}/plan.json", answer);
        description.check("get", "/api/v1/pulls/{repo}/{number}", served.get("/api/v1/pulls/shop/70"));
    }

    @Test
    void pagesHaveANextOnlyWhereMoreFollows() throws Exception {
        List<Object> names = new ArrayList<>();
        String after = "";
        while (true) {
            Map<?, ?> page = json("/api/v1/environments?limit=4&after=" + after);
            items(page).forEach(item -> names.add(((Map<?, ?>) item).get("name")));
            if (!page.containsKey("next")) {
                break;
            }
            after = String.valueOf(page.get("next"));
        }
        assertThat(names).hasSize(9).doesNotHaveDuplicates();
    }

    @Test
    void validatesTheBodyAndChangesNothing() throws Exception {
        HttpResponse<String> bad = served.send("POST", "/api/v1/validate", "kind: Deployment\nspec:\n    imge: x\n");
        assertThat(bad.statusCode()).isEqualTo(200);
        description.check("post", "/api/v1/validate", bad);
        assertThat(bad.body()).contains("\"valid\":false", "Did you mean 'image'?", "\"line\":3");
        HttpResponse<String> good = served.send("POST", "/api/v1/validate", "kind: Deployment\n");
        description.check("post", "/api/v1/validate", good);
        assertThat(good.body()).contains("\"valid\":true", "\"items\":[]");
        HttpResponse<String> large = served.send("POST", "/api/v1/validate", "x".repeat((1 << 20) + 1));
        assertThat(large.statusCode()).isEqualTo(413);
        description.check("post", "/api/v1/validate", large);
        assertThat(served.send("POST", "/api/v1/validate", "").statusCode()).isEqualTo(200);
    }

    @Test
    void whatCannotBeAnsweredIsSaidSoAndTheNextOneIs() throws Exception {
        HttpResponse<String> broken = served.send("POST", "/api/v1/validate", "too deep");
        assertThat(broken.statusCode()).isEqualTo(500);
        assertThat(broken.body()).contains("Something went wrong here; the log says what.");
        assertThat(served.send("POST", "/api/v1/validate", "kind: Fine").statusCode())
                .isEqualTo(200);
    }

    @Test
    void isNotReadyWhileSomethingIsMissingAndSaysWhat() throws Exception {
        served.checks = List.of(new Check("database", true, ""), new Check("repository shop", false, "not cloned yet"));
        try {
            HttpResponse<String> answer = served.get("/readyz");
            assertThat(answer.statusCode()).isEqualTo(503);
            description.check("get", "/readyz", answer);
            assertThat(answer.body()).contains("Not ready: repository shop.", "not cloned yet");
            assertThat(served.get("/healthz").statusCode()).isEqualTo(200);
        } finally {
            served.checks = List.of(new Check("database", true, ""));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void nothingCanBeChanged(String method) throws Exception {
        for (String path : List.of(
                "/", "/api/v1/environments/shop-dev", "/api/v1/pulls/shop/12", "/environments/shop-dev", "/metrics")) {
            HttpResponse<String> answer = served.send(method, path, "{}");
            assertThat(answer.statusCode()).as(method + " " + path).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
        assertThat(served.store.environment("shop-dev")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nope",
                "/api/v1",
                "/api/v1/environments/a%00b",
                "/api/v1/environments/%zz",
                "/api/v1/environments/..%2f..%2fetc",
                "/assets/..%2fopenapi.yaml",
                "/assets/openapi.yaml",
                "/assets/V1.sql",
                "/api/v1/runs/x%0d%0aSet-Cookie:%20a=b",
                "/api/v1/kinds/%3Cscript%3E/schema"
            })
    void whatIsNotThereIsAProblemDocument(String path) throws Exception {
        HttpResponse<String> answer = new RawGet(served.uri("/").getPort()).send(path);
        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        Map<?, ?> problem = Json.object(answer.body()).orElseThrow();
        assertThat(problem.get("status")).isEqualTo(answer.statusCode());
        assertThat(problem.get("detail")).isNotNull();
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void everyResponseCarriesTheSecurityHeaders() throws Exception {
        for (String path : List.of("/", "/nope", "/api/v1/environments", "/assets/style.css", "/healthz")) {
            HttpResponse<String> answer = served.get(path);
            String policy =
                    answer.headers().firstValue("Content-Security-Policy").orElseThrow();
            assertThat(policy).contains("default-src 'none'", "frame-ancestors 'none'", "script-src 'self'");
            assertThat(policy).doesNotContain("unsafe");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        }
    }

    @Test
    void metricsCountRequestsByRouteAndNotByPath() throws Exception {
        served.get("/api/v1/environments/secret-name-1");
        String metrics = served.get("/metrics").body();
        assertThat(metrics).contains("mergeway_http_requests_seconds_count", "route=\"/api/v1/environments/:name\"");
        assertThat(metrics).doesNotContain("secret-name-1");
    }

    @Test
    void theRouteOfTheWebhooksIsThere() throws Exception {
        assertThat(served.send("POST", "/webhooks/corp", "{}").statusCode()).isEqualTo(202);
    }

    @Test
    void headIsAnsweredLikeGetWithoutABody() throws Exception {
        HttpResponse<String> head = served.send("HEAD", "/api/v1/environments", "");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    private static List<?> items(Map<?, ?> page) {
        return page.get("items") instanceof List<?> items ? items : List.of();
    }

    private Map<?, ?> json(String path) throws Exception {
        return Json.object(served.get(path).body()).orElseThrow();
    }
}

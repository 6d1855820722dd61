package dev.mergeway.reconciler.flow;

import static dev.mergeway.reconciler.flow.Lab.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mergeway.reconciler.forge.gitea.GiteaForge;
import dev.mergeway.reconciler.forge.rest.StandIn;
import dev.mergeway.reconciler.forge.rest.StandIn.Answer;
import dev.mergeway.reconciler.forge.rest.StandIn.Asked;
import dev.mergeway.reconciler.lifecycle.Backoff;
import dev.mergeway.reconciler.queue.DbAgenda;
import dev.mergeway.reconciler.queue.RunResult;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.run.RunKey;
import dev.mergeway.reconciler.run.RunState;
import dev.mergeway.reconciler.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** A forge that does not answer in time, seen from the queue: the review is tried again, and holds nobody up. */
@Timeout(120)
class SlowForgeTest {
    private static final String R = "/api/v1/repos/acme/shop";
    private static final RunKey OTHER = new RunKey.Expiry("shop-other");

    @TempDir
    private Path folder = Path.of(".");

    private final StandIn api = new StandIn();
    private final GiteaForge forge =
            new GiteaForge("corp", api.url(), "token", Instant::now, pause -> {}, Duration.ofMillis(400));
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger hangs = new AtomicInteger();
    private final List<String> comments = new CopyOnWriteArrayList<>();
    private final List<RunKey> ran = new CopyOnWriteArrayList<>();
    private final List<Ending> endings = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        over.countDown();
        forge.close();
        api.close();
    }

    /** Does what it is asked and says nothing, so often; a read is tried four times before its run is. */
    private Function<Asked, Answer> slow(String line, String slow, Function<Asked, Answer> usual) {
        return asked -> {
            Answer answer = usual.apply(asked);
            if (line.equals(slow) && hangs.getAndDecrement() > 0) {
                try {
                    over.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return answer;
        };
    }

    private void serve(String head, String slow) {
        Map<String, Function<Asked, Answer>> usual = Map.of(
                "GET /api/v1/user",
                asked -> StandIn.ok("{'login':'bot'}"),
                "GET " + R + "/pulls/7",
                asked -> StandIn.ok(pull(head)),
                "GET " + R + "/pulls/7/reviews",
                asked -> StandIn.ok("[]"),
                "GET " + R + "/issues/7/comments",
                asked -> commented(),
                "POST " + R + "/issues/7/comments",
                asked -> {
                    comments.add(asked.body().path("body").asString(""));
                    return StandIn.ok("{'id':1,'user':{'login':'bot'}}");
                },
                "POST " + R + "/statuses/" + head,
                asked -> StandIn.ok("{'creator':{'login':'bot'}}"));
        usual.forEach((line, answer) -> api.on(line, slow(line, slow.replace("HEAD", head), answer)));
    }

    private static String pull(String head) {
        return ("{'number':7,'title':'t','user':{'login':'rosa'},'state':'open','html_url':'u',"
                        + "'head':{'ref':'feature','sha':'%s','repo':{'id':1}},'base':{'ref':'main','repo':{'id':1}}}")
                .formatted(head);
    }

    private Answer commented() {
        ArrayNode list = JsonMapper.shared().createArrayNode();
        comments.forEach(text -> list.addObject()
                .put("id", 1)
                .put("body", text)
                .putObject("user")
                .put("login", "bot"));
        return new Answer(200, list.toString());
    }

    private RunResult run(Workshop shop, RunKey key) {
        ran.add(key);
        if (key.equals(OTHER)) {
            return new RunResult.Done();
        }
        Ending ending = shop.run(key);
        endings.add(ending);
        return ending.retry()
                ? new RunResult.Failed(new Problem(Problem.Turn.PLATFORM, ending.message(), "", true))
                : new RunResult.Done();
    }

    @ParameterizedTest
    @CsvSource({
        "GET  /pulls/7, 4",
        "GET  /pulls/7/reviews, 4",
        "POST /statuses/HEAD, 1",
        "GET  /issues/7/comments, 4",
        "POST /issues/7/comments, 1",
    })
    void theReviewIsTriedAgainAndNothingIsLostOrDoubled(String slow, int times) throws Exception {
        hangs.set(times);
        try (Workshop shop = new Workshop(folder.resolve("shop"), SHOP, forge);
                Database database = Database.open("jdbc:h2:file:" + folder.resolve("mergeway"), "", "")) {
            String head = shop.push(Map.of("dev/environment.yaml", """
                    apiVersion: mergeway.dev/v1
                    kind: Environment
                    metadata: { name: shop-dev }
                    spec: { tier: dev, targets: { kubernetes: local } }
                    """));
            serve(head, slow.replaceFirst(" +", " " + R));
            DbAgenda agenda = new DbAgenda(
                    database.dataSource(),
                    true,
                    new DbAgenda.Settings(
                            "one",
                            1,
                            Duration.ofMillis(200),
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(5),
                            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(2), 0)),
                    Instant::now);
            try (agenda) {
                agenda.ask(shop.review);
                agenda.start(key -> run(shop, key));
                await().atMost(Duration.ofSeconds(60)).until(() -> !ran.isEmpty());
                agenda.ask(OTHER);
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() ->
                                assertThat(agenda.load()).as("all is done").isEqualTo(new DbAgenda.Load(0, 0, 0, 0)));
            }
            assertThat(ran)
                    .as("others had their turn, then it was tried again")
                    .containsExactly(shop.review, OTHER, shop.review);
            assertThat(endings).hasSize(2);
            assertThat(endings.getLast().state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(comments).hasSize(1);
            assertThat(states(head)).startsWith("pending").endsWith("success");
            assertThat(shop.store().pull("shop", 7))
                    .hasValueSatisfying(pull -> assertThat(pull.verdict()).isEqualTo("ready"));
        }
    }

    private List<String> states(String head) {
        return api.asked("POST " + R + "/statuses/" + head).stream()
                .map(asked -> asked.body().path("state").asString(""))
                .toList();
    }
}

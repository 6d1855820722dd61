package dev.mergeway.reconciler.forge.gitea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mergeway.webhooks.event.Delivery;
import dev.mergeway.webhooks.event.ForgeType;
import dev.mergeway.webhooks.event.RepoEvent;
import dev.mergeway.webhooks.event.RepoEvent.Commented;
import dev.mergeway.webhooks.event.RepoEvent.PullChanged;
import dev.mergeway.webhooks.event.RepoEvent.PullChanged.Change;
import dev.mergeway.webhooks.event.RepoEvent.Pushed;
import dev.mergeway.webhooks.event.RepoEvent.Reviewed;
import dev.mergeway.webhooks.server.Endpoint;
import dev.mergeway.webhooks.server.Limits;
import dev.mergeway.webhooks.server.WebhookRoute;
import dev.mergeway.webhooks.verify.Secrets;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a real Gitea delivers, into the real route over HTTP. */
@ExtendWith(GiteaServer.Extension.class)
class GiteaDeliveriesIT {
    private final GiteaServer gitea;
    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Delivery> stored = new ConcurrentHashMap<>();
    private final List<RepoEvent> events = new CopyOnWriteArrayList<>();
    private String repository = "";
    private URI route = URI.create("http://127.0.0.1");

    GiteaDeliveriesIT(GiteaServer gitea) {
        this.gitea = gitea;
    }

    private boolean store(Delivery delivery) {
        boolean fresh = stored.putIfAbsent(delivery.id(), delivery) == null;
        if (fresh) {
            events.add(delivery.event());
        }
        return fresh;
    }

    @BeforeEach
    void serve() {
        var endpoint = new Endpoint("corp", ForgeType.GITEA, Secrets.of("right"));
        Router router = Router.router(vertx);
        new WebhookRoute(List.of(endpoint), this::store, Limits.DEFAULT, InstantSource.system(), executor)
                .mount(router);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .await();
        route = URI.create("http://127.0.0.1:" + server.actualPort() + "/webhooks/corp");
    }

    @AfterEach
    void stop() {
        vertx.close().await();
        executor.close();
    }

    private void pulls(String method, String path, String json) {
        gitea.call(method, "/repos/" + repository + path, json);
    }

    private void comes(RepoEvent event) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(events).contains(event));
    }

    /** With the time, which only the server knows. */
    private void said(Commented comment) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(events)
                        .filteredOn(Commented.class::isInstance)
                        .extracting(Commented.class::cast)
                        .filteredOn(event -> event.written() != null)
                        .extracting(event -> new Commented(
                                event.repository(),
                                event.number(),
                                event.comment(),
                                event.author(),
                                event.body(),
                                event.edited()))
                        .contains(comment));
    }

    private void changed(int number, Change change, String head) {
        comes(new PullChanged(repository, number, change, head, gitea.admin()));
    }

    @Test
    void everyEventComesAsWhatItIs() {
        repository = gitea.repository("deliveries");
        gitea.commit(repository, "release", "r.yaml", "a: 1\n");
        String rose = gitea.user("rosa", repository, "write");
        gitea.hook(repository, route, "right");

        String first = gitea.commit(repository, "feat", "a.yaml", "a: 1\n");
        comes(new Pushed(repository, "feat", Pushed.NONE, first));
        int number = gitea.pull(repository, "feat", "add a");
        changed(number, Change.OPENED, first);
        String head = gitea.commit(repository, "feat", "a.yaml", "a: 2\n");
        comes(new Pushed(repository, "feat", first, head));
        changed(number, Change.COMMITS, head);

        String path = "/pulls/" + number;
        pulls("PATCH", path, "{\"title\":\"WIP: add a\"}");
        changed(number, Change.DRAFT, head);
        pulls("PATCH", path, "{\"title\":\"add a\"}");
        changed(number, Change.READY, head);
        pulls("PATCH", path, "{\"body\":\"more\"}");
        changed(number, Change.EDITED, head);
        pulls("PATCH", path, "{\"base\":\"release\"}");
        changed(number, Change.RETARGETED, head);
        pulls("PATCH", path, "{\"base\":\"main\"}");
        pulls("PATCH", path, "{\"state\":\"closed\"}");
        changed(number, Change.CLOSED, head);
        pulls("PATCH", path, "{\"state\":\"open\"}");
        changed(number, Change.REOPENED, head);

        String comments = "/repos/" + repository + "/issues/" + number + "/comments";
        long comment = gitea.call("POST", comments, "{\"body\":\"/mergeway plan\"}", rose)
                .path("id")
                .asLong();
        said(new Commented(repository, number, comment, "rosa", "/mergeway plan", false));
        pulls("PATCH", "/issues/comments/" + comment, "{\"body\":\"/mergeway help\"}");
        said(new Commented(repository, number, comment, gitea.admin(), "/mergeway help", true));

        gitea.call("POST", "/repos/" + repository + path + "/reviews", "{\"event\":\"APPROVED\"}", rose);
        comes(new Reviewed(repository, number, "rosa"));
        pulls("POST", path + "/merge", "{\"Do\":\"merge\",\"delete_branch_after_merge\":true}");
        changed(number, Change.MERGED, head);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(events)
                        .anyMatch(event -> event instanceof Pushed pushed
                                && pushed.branch().equals("main"))
                        .anyMatch(event ->
                                event instanceof Pushed pushed && pushed.after().equals(Pushed.NONE)));
    }

    @Test
    void nothingComesWithAnotherSecret() {
        repository = gitea.repository("wrong-secret");
        gitea.hook(repository, route, "wrong");
        gitea.hook(repository, route, "right");
        String head = gitea.commit(repository, "feat", "a.yaml", "a: 1\n");
        comes(new Pushed(repository, "feat", Pushed.NONE, head));
        assertThat(events).containsOnlyOnce(new Pushed(repository, "feat", Pushed.NONE, head));
    }

    @Test
    void aCommentOf20MegabytesComesCutToItsStart() {
        repository = gitea.repository("great-comment");
        gitea.commit(repository, "feat", "a.yaml", "a: 1\n");
        int number = gitea.pull(repository, "feat", "add a");
        gitea.hook(repository, route, "right");
        String text = "/mergeway plan " + "x".repeat(20_000_000);
        gitea.call("POST", "/repos/" + repository + "/issues/" + number + "/comments", "{\"body\":\"" + text + "\"}");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(events)
                        .anyMatch(event -> event instanceof Commented said
                                && said.body().startsWith("/mergeway plan x")
                                && said.body().length() < 100_000));
    }
}

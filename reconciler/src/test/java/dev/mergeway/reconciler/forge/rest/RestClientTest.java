package dev.mergeway.reconciler.forge.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mergeway.reconciler.forge.rest.StandIn.Answer;
import dev.mergeway.reconciler.port.ForgeException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class RestClientTest {
    private static final String SECRET = "s3cr3t-token";
    private final StandIn forge = new StandIn();
    private final List<Duration> waits = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-25T10:00:00Z");
    private final RestClient client = client(forge.url(), Duration.ZERO);

    private RestClient client(URI url, Duration between) {
        Waiting waiting = duration -> {
            waits.add(duration);
            now = now.plus(duration);
        };
        var transport = new Transport(
                "corp", url, "application/json", Credentials.token("Authorization", "token ", SECRET + "\n"));
        return new RestClient(transport, new Pace(between, () -> now, waiting), () -> now, waiting);
    }

    @AfterEach
    void stop() {
        client.close();
        forge.close();
    }

    private static final Request READ = Request.read("read it", "/it");
    private static final Request POST =
            Request.write("change it", "POST", "/it", JsonNodeFactory.instance.objectNode());

    private ForgeException failure(Request request) {
        return catchThrowableOfType(ForgeException.class, () -> client.json(request));
    }

    @Test
    void triesAgainWhatIsTransient() throws ForgeException {
        forge.then(new Answer(502, "<html>"))
                .then(new Answer(503, ""))
                .then(new Answer(200, "{\"half"))
                .on("GET /it", "{'a':1}");
        assertThat(client.json(READ).path("a").asInt(0)).isEqualTo(1);
        assertThat(waits).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(forge.asked())
                .hasSize(4)
                .allMatch(one -> ("token " + SECRET).equals(one.headers().get("authorization")));
    }

    @ParameterizedTest
    @CsvSource({
        "401, token is wrong or expired,  false",
        "403, Give the token's user,      false",
        "404, Check that it exists,       false",
        "409, it is tried again,          true",
        "422, its own words say why,      false",
        "302, It has moved,               false",
    })
    void aRefusalSaysWhatToDoAndWhetherItMayPass(int status, String advice, boolean passing) {
        forge.on("GET /it", asked -> new Answer(status, "{\"message\":\"no\"}"));
        ForgeException failure = failure(READ);
        assertThat(failure).hasMessageContaining(status + " (no)").hasMessageContaining(advice);
        assertThat(failure.passing()).isEqualTo(passing);
        assertThat(forge.asked()).as("asked once").hasSize(1);
    }

    @Test
    void givesUpAfterFourTriesAndSaysSo() {
        forge.on("GET /it", asked -> new Answer(500, "{\"message\":\"boom\\nboom\"}"));
        ForgeException failure = failure(READ);
        assertThat(failure)
                .hasMessage("Forge 'corp' could not read it: it answered 500 (boom boom)."
                        + " It is tried again; if this lasts, check the forge.");
        assertThat(failure.passing()).isTrue();
        assertThat(forge.asked()).hasSize(4);
    }

    @Test
    void neverMakesSomethingTwice() {
        forge.on("POST /it", asked -> new Answer(502, ""));
        assertThat(failure(POST).passing()).isTrue();
        assertThat(forge.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 404, 409, 422})
    void neverTriesARefusalAgain(int status) {
        forge.on("GET /it", asked -> new Answer(status, "{\"message\":\"no\"}"));
        ForgeException failure = failure(READ);
        assertThat(failure).hasMessageContaining(status + " (no)").hasMessageNotContaining(SECRET);
        assertThat(failure.passing()).isEqualTo(status == 409);
        assertThat(forge.asked()).hasSize(1);
        assertThat(waits).isEmpty();
    }

    @Test
    void waitsAShortWhileWhenAskedTo() throws ForgeException {
        forge.then(new Answer(429, "", "Retry-After", "3"))
                .then(new Answer(503, "", "Retry-After", "Wed, 25 Nov 2026 10:00:07 GMT"))
                .on("POST /it", "{}");
        client.json(POST);
        assertThat(waits).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(4));
    }

    @Test
    void leavesTheForgeAloneForALongWhile() throws ForgeException {
        forge.then(new Answer(403, "{\"message\":\"You have exceeded a secondary rate limit\"}", "Retry-After", "120"))
                .on("GET /it", "{}");
        ForgeException limited = failure(POST);
        assertThat(limited.passing()).isTrue();
        assertThat(limited.retryAfter()).hasValue(Duration.ofSeconds(120));
        now = now.plusSeconds(100);
        assertThat(failure(READ).retryAfter()).hasValue(Duration.ofSeconds(20));
        assertThat(forge.asked()).as("not even asked").hasSize(1);
        now = now.plusSeconds(21);
        assertThat(client.json(READ)).isEmpty();
    }

    @Test
    void readsTheLimitsOfAllThreeForges() {
        String reset = Long.toString(now.plusSeconds(600).getEpochSecond());
        forge.then(new Answer(403, "{}", "x-ratelimit-remaining", "0", "x-ratelimit-reset", reset));
        assertThat(failure(READ).retryAfter()).hasValue(Duration.ofSeconds(601));
        now = now.plusSeconds(602);
        forge.then(new Answer(403, "{\"message\":\"You have exceeded a secondary rate limit.\"}"));
        assertThat(failure(READ).retryAfter()).hasValue(Duration.ofMinutes(1));
        now = now.plusSeconds(61);
        forge.then(new Answer(429, "Retry later\n", "RateLimit-Remaining", "0", "RateLimit-Reset", "1"));
        forge.then(new Answer(429, "x", "Retry-After", "99999999"));
        assertThat(failure(READ).retryAfter()).hasValue(Duration.ofHours(1));
    }

    @Test
    void pacesItsWrites() throws ForgeException {
        forge.on("POST /it", "{}").on("GET /it", "{}");
        try (RestClient paced = client(forge.url(), Duration.ofSeconds(1))) {
            paced.json(POST);
            paced.json(READ);
            paced.json(POST);
            assertThat(waits).containsExactly(Duration.ofSeconds(1));
        }
    }

    @Test
    void readsPageAfterPageUntilThereIsNoNext() throws ForgeException {
        forge.on("GET /list", asked -> {
            boolean last = asked.query().endsWith("page=3");
            String link = "<http://elsewhere.example/list?page=9>; rel=\"" + (last ? "first" : "next") + "\"";
            return new Answer(200, "[{\"q\":\"" + asked.query() + "\"}]", "Link", link);
        });
        assertThat(client.all(Request.read("list", "/list?limit=1")))
                .extracting(item -> item.path("q").asString(""))
                .containsExactly("limit=1&page=1", "limit=1&page=2", "limit=1&page=3");
        forge.on("GET /odd", "{'message':'maintenance'}");
        assertThatThrownBy(() -> client.all(Request.read("list", "/odd?a=b"))).hasMessageContaining("no list");
    }

    /** As Gitea does of reviews. */
    @Test
    void readsPageAfterPageWhereOnlyTheirCountIsTold() throws ForgeException {
        forge.on("GET /list", asked -> new Answer(200, "[\"" + asked.query() + "\"]", "X-Total-Count", "2"));
        assertThat(client.all(Request.read("list", "/list")))
                .extracting(JsonNode::stringValue)
                .containsExactly("page=1", "page=2");
        forge.on("GET /empty", asked -> new Answer(200, "[]", "X-Total-Count", "2"));
        assertThat(client.all(Request.read("list", "/empty"))).isEmpty();
        forge.on("GET /null", "null");
        assertThat(client.all(Request.read("list", "/null"))).isEmpty();
    }

    @Test
    void asksWhetherSomethingChanged() throws ForgeException {
        forge.on(
                "GET /it",
                asked -> "\"v1\"".equals(asked.headers().get("if-none-match"))
                        ? new Answer(304, "")
                        : new Answer(200, "{\"a\":1}", "ETag", "\"v1\""));
        assertThat(client.json(READ)).isEqualTo(client.json(READ));
        assertThat(forge.asked().get(1).headers()).containsEntry("if-none-match", "\"v1\"");
    }

    /** Each tries again at once would hold a run and its place for minutes. */
    @Test
    void aForgeThatHangsIsTheCallersToTryAgain() {
        forge.on("GET /it", asked -> {
            now = now.plus(Transport.TIMEOUT);
            return new Answer(504, "");
        });
        assertThat(failure(READ).passing()).isTrue();
        assertThat(forge.asked()).hasSize(1);
    }

    @Test
    void saysThatItCannotBeReached() {
        forge.close();
        ForgeException failure = failure(READ);
        assertThat(failure).hasMessageContaining("Forge 'corp' could not read it");
        assertThat(failure.passing()).isTrue();
    }

    @Test
    void aTokenThatCannotBeOneIsRefusedWithoutBeingShown() {
        assertThatThrownBy(() -> Credentials.token("Authorization", "token ", "a\r\nX: y"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("X: y");
        assertThatThrownBy(() -> Credentials.token("Authorization", "token ", " \n"))
                .hasMessageContaining("empty");
    }
}

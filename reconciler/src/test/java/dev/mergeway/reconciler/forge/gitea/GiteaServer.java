package dev.mergeway.reconciler.forge.gitea;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.servers.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real Gitea, one per JVM, with what a test does by hand through its API. Tests take it as a parameter with {@code
 * @ExtendWith(GiteaServer.Extension.class)}. In this order: what {@code .ci/servers} built; else Gitea's own image
 * where a container engine is there and can have it; else the tests are skipped, unless MERGEWAY_REQUIRE_SERVERS is 1.
 */
public final class GiteaServer implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Started started;

    private GiteaServer(Started started) {
        this.started = started;
    }

    /** One for the JVM, from its first question on. */
    private static final class Only {
        static final Optional<GiteaServer> SERVER = start().map(GiteaServer::new);

        private static Optional<Started> start() {
            try {
                if (GiteaProcess.isBuilt()) {
                    return Optional.of(GiteaProcess.start());
                }
                return Engine.isThere() ? Optional.of(GiteaContainer.start()) : Optional.empty();
            } catch (ContainerFetchException | ContainerLaunchException e) {
                LoggerFactory.getLogger(GiteaServer.class).warn("a container engine is there, but no Gitea", e);
                return Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Starts it, or skips. */
    public static final class Extension implements ExecutionCondition, ParameterResolver {
        private static final ExtensionContext.Namespace SERVERS = ExtensionContext.Namespace.create("servers");

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String absence = "no Gitea here: run .ci/servers build gitea, or start a container engine";
            if (Only.SERVER.isEmpty() && "1".equals(System.getenv("MERGEWAY_REQUIRE_SERVERS"))) {
                throw new IllegalStateException(absence);
            }
            return Only.SERVER.isPresent()
                    ? ConditionEvaluationResult.enabled("Gitea is here")
                    : ConditionEvaluationResult.disabled(absence);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == GiteaServer.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(SERVERS)
                    .computeIfAbsent(GiteaServer.class, any -> Only.SERVER.orElseThrow(), GiteaServer.class);
        }
    }

    /** Where its pages are. */
    public URI url() {
        return started.url();
    }

    /** The administrator's token, of all scopes. */
    public String token() {
        return started.token();
    }

    /** The administrator's login. */
    public String admin() {
        return started.admin();
    }

    /** What the API answers, as the administrator; fails unless 2xx. */
    public JsonNode call(String method, String path, String json) {
        return call(method, path, json, "token " + token());
    }

    /** What the API answers, as somebody else. */
    public JsonNode call(String method, String path, String json, String authorization) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/api/v1" + path))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode())
                    .as("%s %s: %s", method, path, response.body())
                    .isBetween(200, 299);
            return JSON.readTree(response.body().isEmpty() ? "null" : response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes a repository of the administrator with one commit; gives its path. */
    public String repository(String name) {
        call("POST", "/user/repos", "{\"name\":\"%s\",\"auto_init\":true,\"default_branch\":\"main\"}".formatted(name));
        return admin() + "/" + name;
    }

    /** Makes a user who may {@code read}, {@code write} or {@code admin} the repository; gives what authorises them. */
    public String user(String login, String repository, String permission) {
        call(
                "POST",
                "/admin/users",
                "{\"username\":\"%1$s\",\"password\":\"%1$s-pass\",\"email\":\"%1$s@example.test\",\"must_change_password\":false}"
                        .formatted(login));
        call("PUT", "/repos/" + repository + "/collaborators/" + login, "{\"permission\":\"" + permission + "\"}");
        byte[] pair = (login + ":" + login + "-pass").getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** Commits a file to a branch, made from main where it is not there; gives the commit's id. */
    public String commit(String repository, String branch, String path, String content) {
        String encoded = Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
        boolean fresh = call("GET", "/repos/" + repository + "/branches?limit=50", "")
                .valueStream()
                .noneMatch(known -> known.path("name").asString("").equals(branch));
        String target = fresh ? "\"branch\":\"main\",\"new_branch\":\"%s\"" : "\"branch\":\"%s\"";
        JsonNode answer = call(
                "POST",
                "/repos/" + repository + "/contents",
                ("{" + target.formatted(branch)
                                + ",\"message\":\"change %s\",\"files\":[{\"operation\":\"upload\",\"path\":\"%s\",\"content\":\"%s\"}]}")
                        .formatted(path, path, encoded));
        return answer.path("commit").path("sha").asString("");
    }

    /** Opens a pull request onto main; gives its number. */
    public int pull(String repository, String branch, String title) {
        return call(
                        "POST",
                        "/repos/" + repository + "/pulls",
                        "{\"base\":\"main\",\"head\":\"%s\",\"title\":\"%s\"}".formatted(branch, title))
                .path("number")
                .asInt(0);
    }

    /** Has all events of the repository delivered. */
    public void hook(String repository, URI to, String secret) {
        call(
                "POST",
                "/repos/" + repository + "/hooks",
                ("{\"type\":\"gitea\",\"active\":true,\"config\":{\"url\":\"%s\",\"content_type\":\"json\",\"secret\":\"%s\"},"
                                + "\"events\":[\"push\",\"create\",\"delete\",\"issue_comment\",\"pull_request\","
                                + "\"pull_request_comment\",\"pull_request_review_approved\",\"pull_request_review_rejected\","
                                + "\"pull_request_review_comment\",\"pull_request_sync\",\"status\"]}")
                        .formatted(started.fromInside().apply(to), secret));
    }

    @Override
    public void close() throws Exception {
        http.close();
        started.stop().close();
    }
}

package dev.mergeway.reconciler.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.mergeway.reconciler.port.RepositoryException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the token goes over HTTP, and where it never goes. */
class LoginTest {
    private static final Login LOGIN = new Login("x-access-token", "s3cr3t");

    @TempDir
    Path folder;

    private final List<String> origin = new CopyOnWriteArrayList<>();
    private final List<String> elsewhere = new CopyOnWriteArrayList<>();
    private HttpServer first;
    private HttpServer second;

    @BeforeEach
    void start() throws IOException {
        second = server(elsewhere, 401, "");
        first = server(origin, 401, "");
    }

    @AfterEach
    void stop() {
        first.stop(0);
        second.stop(0);
    }

    /** Notes the Authorization header of each request, asks for one, and answers 404 or a redirect to who has one. */
    private static HttpServer server(List<String> seen, int unknown, String redirect) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            seen.add(String.valueOf(authorization));
            if (!redirect.isEmpty()) {
                exchange.getResponseHeaders()
                        .set("Location", redirect + exchange.getRequestURI().getRawPath() + "?service=git-upload-pack");
                exchange.sendResponseHeaders(302, -1);
            } else {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(authorization == null ? unknown : 404, -1);
            }
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String address(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void fetch(HttpServer server) throws RepositoryException {
        try (var mirror = JGitRepository.mirror(
                "shop", folder.resolve("shop.git"), address(server) + "/acme/shop.git", () -> Optional.of(LOGIN))) {
            mirror.fetch();
        }
    }

    @Test
    void theOriginThatAsksGetsTheTokenAndItsRefusalIsToldWithoutIt() {
        assertThatThrownBy(() -> fetch(first))
                .isInstanceOf(RepositoryException.class)
                .hasMessageContaining("Repository shop: fetching " + address(first))
                .hasMessageNotContaining("s3cr3t");
        String basic = Base64.getEncoder().encodeToString("x-access-token:s3cr3t".getBytes(StandardCharsets.UTF_8));
        assertThat(origin).contains("Basic " + basic);
    }

    @Test
    void aRedirectToAnotherPlaceDoesNotCarryTheToken() throws Exception {
        HttpServer redirecting = server(origin, 401, address(second));
        try {
            assertThatThrownBy(() -> fetch(redirecting))
                    .isInstanceOf(RepositoryException.class)
                    .hasMessageNotContaining("s3cr3t");
        } finally {
            redirecting.stop(0);
        }
        assertThat(elsewhere).isNotEmpty().containsOnly("null");
    }
}

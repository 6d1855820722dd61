package dev.mergeway.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mergeway.reconciler.app.ServerConfig.Database;
import dev.mergeway.reconciler.app.ServerConfig.ForgeConfig;
import dev.mergeway.reconciler.app.ServerConfig.GitHubApp;
import dev.mergeway.reconciler.forge.rest.StandIn;
import dev.mergeway.reconciler.forge.rest.StandIn.Answer;
import dev.mergeway.reconciler.port.Repository;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.run.RepositoryInfo;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As whom repositories are fetched. */
class OutsideTest {
    private static final RepositoryInfo SHOP =
            new RepositoryInfo("shop", "hub", "acme/shop", "main", RepositoryInfo.Role.TEAM, "shop", List.of("shop-*"));

    @TempDir
    private Path folder = Path.of(".");

    private final StandIn github = new StandIn();

    @AfterEach
    void close() {
        github.close();
    }

    private ServerConfig config(String token, GitHubApp app) {
        return new ServerConfig(
                "127.0.0.1",
                0,
                URI.create("https://mergeway.example.test"),
                folder,
                new Database("", "", ""),
                List.of(new ForgeConfig("hub", "github", github.url().toString(), token, List.of(), app)),
                List.of(SHOP),
                List.of(),
                Duration.ofMinutes(5),
                1);
    }

    private static GitHubApp app() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
        return new GitHubApp(
                "42",
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                        + "\n-----END PRIVATE KEY-----\n");
    }

    /** Fetches from an origin that lets nobody in without a password, and gives whom it saw last. */
    private String seen(ServerConfig config) throws Exception {
        String refs = "GET /acme/shop.git/info/refs";
        github.on(
                refs,
                asked -> asked.headers().containsKey("authorization")
                        ? new Answer(404, "")
                        : new Answer(401, "", "WWW-Authenticate", "Basic realm=\"GitHub\""));
        try (Outside outside = new Outside(config, Instant::now)) {
            Repository shop = outside.open().repository(SHOP);
            assertThatThrownBy(shop::fetch).isInstanceOf(RepositoryException.class);
        }
        String basic = github.asked(refs).getLast().headers().getOrDefault("authorization", "Basic ");
        return new String(Base64.getDecoder().decode(basic.substring("Basic ".length())), StandardCharsets.UTF_8);
    }

    @Test
    void anAppFetchesWithTheTokenOfItsInstallation() throws Exception {
        github.on("GET /api/v3/repos/acme/shop/installation", "{'id':9}")
                .on(
                        "POST /api/v3/app/installations/9/access_tokens",
                        "{'token':'ghs_1','expires_at':'2999-01-01T00:00:00Z'}");
        assertThat(seen(config("", app()))).isEqualTo("x-access-token:ghs_1");
    }

    @Test
    void aTokenThatIsConfiguredIsTheOne() throws Exception {
        assertThat(seen(config("ghp_1", app()))).isEqualTo("mergeway:ghp_1");
    }

    @Test
    void anAppThatIsNotInstalledIsToldAsThat() throws Exception {
        try (Outside outside = new Outside(config("", app()), Instant::now)) {
            Repository shop = outside.open().repository(SHOP);
            assertThatThrownBy(shop::fetch)
                    .isInstanceOf(RepositoryException.class)
                    .hasMessageContaining("find the installation of its App for acme/shop")
                    .hasMessageContaining("Check the address, the token and the network");
        }
    }
}

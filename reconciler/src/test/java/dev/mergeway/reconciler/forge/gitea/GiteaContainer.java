package dev.mergeway.reconciler.forge.gitea;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import org.testcontainers.Testcontainers;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.ExecConfig;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** Gitea's own image, configured as {@code .ci/testservers/gitea/start} configures what is built. */
final class GiteaContainer {
    private static final String IMAGE = "gitea/gitea:1.26.0";
    private static final int PORT = 3000;

    /** By this name a container reaches the machine that it runs on. */
    private static final String HERE = "host.testcontainers.internal";

    private GiteaContainer() {}

    /** Starts one with an administrator and a token. */
    static Started start() throws IOException, InterruptedException {
        GenericContainer<?> container = new GenericContainer<>(IMAGE)
                .withEnv("GITEA__database__DB_TYPE", "sqlite3")
                .withEnv("GITEA__security__INSTALL_LOCK", "true")
                .withEnv("GITEA__security__PASSWORD_COMPLEXITY", "off")
                .withEnv("GITEA__security__MIN_PASSWORD_LENGTH", "6")
                .withEnv("GITEA__server__OFFLINE_MODE", "true")
                .withEnv("GITEA__repository__DEFAULT_BRANCH", "main")
                .withEnv("GITEA__queue__TYPE", "channel")
                .withEnv("GITEA__webhook__ALLOWED_HOST_LIST", "*")
                .withEnv("GITEA__webhook__DELIVER_TIMEOUT", "5")
                .withAccessToHost(true)
                .withExposedPorts(PORT)
                .waitingFor(Wait.forHttp("/api/healthz").forPort(PORT));
        container.start();
        String user = "user create --admin --username admin0 --password admin0-pass --email admin0@example.test"
                + " --must-change-password=false";
        gitea(container, user);
        String token =
                gitea(container, "user generate-access-token --username admin0 --token-name t --scopes all --raw");
        URI url = URI.create("http://" + container.getHost() + ":" + container.getMappedPort(PORT));
        // Its log may come before the token.
        return new Started(
                url, "admin0", token.substring(token.length() - 40), GiteaContainer::fromInside, container::stop);
    }

    private static String gitea(GenericContainer<?> container, String arguments)
            throws IOException, InterruptedException {
        String[] command = ("gitea admin " + arguments).split(" ");
        ExecResult result = container.execInContainer(
                ExecConfig.builder().user("git").command(command).build());
        assertThat(result.getExitCode())
                .as("%s: %s", Arrays.toString(command), result.getStderr())
                .isZero();
        return result.getStdout().strip();
    }

    private static URI fromInside(URI url) {
        Testcontainers.exposeHostPorts(url.getPort());
        return URI.create(url.toString().replace(url.getHost(), HERE));
    }
}

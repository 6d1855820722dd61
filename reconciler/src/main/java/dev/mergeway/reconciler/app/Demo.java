package dev.mergeway.reconciler.app;

import dev.mergeway.reconciler.cli.Console;
import dev.mergeway.reconciler.cli.DemoCommand;
import dev.mergeway.reconciler.port.RepositoryException;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The whole service on embedded defaults, to be tried by hand or to tell its own story. */
final class Demo implements DemoCommand.Playing {
    private final Console console;

    Demo(Console console) {
        this.console = console;
    }

    @Override
    public int play(int port, @Nullable Path dir, boolean script) throws InterruptedException {
        Stop stop = Stop.onSignal();
        try {
            Path folder =
                    dir != null ? dir : script ? Files.createTempDirectory("mergeway-demo") : Path.of("mergeway-demo");
            DemoSite site =
                    new DemoSite(folder.toAbsolutePath().normalize(), script && dir == null ? free() : port(port));
            site.seed();
            Optional<ServerConfig> config = Server.read(console, site.config());
            if (config.isEmpty()) {
                return Console.ERROR;
            }
            long began = System.nanoTime();
            try (Service service = Service.start(config.get())) {
                if (script) {
                    return new DemoStory(site, service, console).tell();
                }
                invite(site, service, System.nanoTime() - began);
                stop.await();
                return Console.OK;
            }
        } catch (IOException | RepositoryException | Service.StartException e) {
            console.say("mergeway demo: " + e.getMessage());
            return Console.ERROR;
        } finally {
            stop.finished();
        }
    }

    private static int port(int port) throws IOException {
        return port == 0 ? free() : port;
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void invite(DemoSite site, Service service, long nanos) {
        String text = """
                Mergeway runs, after %.1f s. Its pages: http://127.0.0.1:%d/

                Try it in another terminal:
                  git clone "%s" shop && cd shop
                  git switch -c add-hello
                  printf '%%s\\n' 'apiVersion: mergeway.dev/v1' 'kind: Deployment' 'metadata: { name: hello }' \\
                    'spec: { containers: { main: { image: nginx:1.29 } } }' > dev/hello.yaml
                  git add . && git commit -m "Say hello" && git push origin add-hello     # a pull request: see its comment on the pages
                  git switch main && git merge --no-ff --no-edit add-hello && git push              # a merge: see %s
                  git revert -m 1 HEAD --no-edit && git push                              # rolled back

                Edit or delete a file below %s to see it put right. Stop with Ctrl-C.
                """;
        console.out()
                .printf(
                        java.util.Locale.ROOT,
                        text,
                        nanos / 1e9,
                        service.port(),
                        site.bare("shop"),
                        site.live(),
                        site.live());
        console.out().flush();
    }
}

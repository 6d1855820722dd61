package dev.mergeway.reconciler.system;

import dev.mergeway.reconciler.forge.gitea.GiteaServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a push of one changed spec to the comment about it, on a real Gitea with real webhooks; what the forge itself takes
 * for the push, the webhook and the comment is in it. By hand: {@code mvn -Pbench verify -Dit.test=CommentBench
 * -Dfailsafe.failIfNoSpecifiedTests=false}.
 */
@ExtendWith(GiteaServer.Extension.class)
class CommentBench {
    private static final int WARM_UP = 5;
    private static final int PUSHES = Integer.getInteger("bench.pushes", 25);

    @TempDir
    private Path folder;

    private final GiteaServer gitea;

    CommentBench(GiteaServer gitea) {
        this.gitea = gitea;
    }

    @Test
    void pushToComment() {
        try (GiteaHouse house = new GiteaHouse(gitea, folder, "- { name: local, type: directory, path: ./live }")) {
            Checkout checkout = house.checkout()
                    .branch("add-web")
                    .write("dev/environment.yaml", Specs.environment("shop-dev", "local"))
                    .write("dev/web.yaml", Specs.web("web", "1.0.0"));
            String first = checkout.push("Add the web");
            int number = house.open("add-web");
            house.comment(number, body -> body.contains(first));
            List<Double> seconds = new ArrayList<>();
            for (int push = 1; push <= WARM_UP + PUSHES; push++) {
                checkout.write("dev/web.yaml", Specs.web("web", "1.0." + push));
                long began = System.nanoTime();
                String head = checkout.push("Newer");
                house.comment(number, body -> body.contains(head));
                if (push > WARM_UP) {
                    seconds.add((System.nanoTime() - began) / 1e9);
                }
            }
            Collections.sort(seconds);
            System.out.printf(
                    Locale.ROOT,
                    "push → comment on Gitea, %d pushes: median %.2f s, p95 %.2f s, worst %.2f s%n",
                    PUSHES,
                    seconds.get(PUSHES / 2),
                    seconds.get((int) Math.ceil(PUSHES * 0.95) - 1),
                    seconds.getLast());
        }
    }
}

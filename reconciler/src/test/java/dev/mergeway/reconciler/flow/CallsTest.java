package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.run.RunState;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever calls somebody that is not there, or soon is not any more, is told before the merge. */
class CallsTest {
    private static final String CALLS_CART = "  resources: { cart: { type: service } }\n";

    @TempDir
    private Path folder = Path.of(".");

    private Workshop workshop;

    @BeforeEach
    void begin() throws Exception {
        workshop = new Workshop(folder);
        workshop.commit(
                "main",
                Map.of(
                        Sample.DECLARED,
                        Sample.environment("dev"),
                        "dev/cart.yaml",
                        Sample.workload("cart", ""),
                        "dev/front.yaml",
                        Sample.workload("front", CALLS_CART)));
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    private String comment(Map<String, String> files) throws Exception {
        workshop.push(files);
        workshop.run(workshop.review);
        assertThat(workshop.forge.statuses.getLast()).contains("SUCCESS");
        return String.valueOf(workshop.forge.comments.get(7));
    }

    @Test
    void whoRenamesOneThatOthersCallIsTold() throws Exception {
        assertThat(comment(Map.of("dev/cart.yaml", Sample.workload("basket", ""))))
                .contains(
                        "warning `dev/front.yaml:6",
                        "Deployment front calls cart, and nothing in environment shop-dev has that name now.");
    }

    @Test
    void whoRemovesOneThatOthersCallIsTold() throws Exception {
        assertThat(comment(Map.of("dev/cart.yaml", "")))
                .contains(
                        "warning `dev/front.yaml:6",
                        "Deployment front calls cart",
                        "Add it, or take what calls it away.");
    }

    @Test
    void whoMistypesANameIsTold() throws Exception {
        assertThat(comment(Map.of(
                        "dev/back.yaml",
                        Sample.workload("back", "  resources: { c: { type: service, params: { name: crat } } }\n"))))
                .contains("warning `dev/back.yaml:6", "Deployment back calls crat", "Did you mean cart?");
    }

    @Test
    void whatIsThereOrComesWithTheSameChangeIsNobodysBusiness() throws Exception {
        assertThat(comment(Map.of(
                        "dev/back.yaml",
                        Sample.workload("back", "  resources: { mail: { type: service }, cart: { type: service } }\n"),
                        "dev/mail.yaml",
                        Sample.workload("mail", ""))))
                .doesNotContain("warning");
    }

    @Test
    void plainManifestsMayHaveAnyName() throws Exception {
        String manifests =
                "apiVersion: mergeway.dev/v1\nkind: Manifests\nmetadata: { name: plain }\nspec: { path: ./plain }\n";
        String map = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n";
        assertThat(comment(Map.of(
                        "dev/back.yaml",
                        Sample.workload("back", "  resources: { crat: { type: service } }\n"),
                        "dev/manifests.yaml",
                        manifests,
                        "dev/plain/a.yaml",
                        map)))
                .doesNotContain("warning");
    }

    @Test
    void anotherChangeIsNotToldOfIt() throws Exception {
        workshop.commit(
                "main", Map.of("dev/back.yaml", Sample.workload("back", "  resources: { crat: { type: service } }\n")));
        workshop.release();
        assertThat(comment(Map.of("dev/cart.yaml", Sample.workload("cart", "  replicas: 2\n"))))
                .doesNotContain("warning");
    }
}

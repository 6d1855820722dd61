package dev.mergeway.reconciler.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.model.SpecKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a change touches, and that it touches nothing else. */
class TouchedTest {
    private static final SpecKey CART = new SpecKey("dev", "Deployment", "cart");
    private static final SpecKey MAIL = new SpecKey("dev", "Deployment", "mail");

    private static FileFacts declares(String environment) {
        return new FileFacts("1", List.of(environment), List.of(), List.of(), false, false);
    }

    private static FileFacts spec(String name, List<String> reads, List<String> shares) {
        SpecFacts spec = new SpecFacts("Deployment", name, null, 1, reads, shares, List.of());
        return new FileFacts("1", List.of(), List.of(spec), List.of(), false, false);
    }

    private static final FileFacts BROKEN = new FileFacts("2", List.of(), List.of(), List.of(), false, true);

    private final RepoIndex before = new RepoIndex(Map.of(
            "dev/environment.yaml", declares("dev"),
            "dev/cart.yaml", spec("cart", List.of("dev/files/motd.txt"), List.of("queue.default#orders")),
            "dev/mail.yaml", spec("mail", List.of(), List.of("queue.default#orders")),
            "dev/lone.yaml", spec("lone", List.of(), List.of()),
            "prod/environment.yaml", declares("prod"),
            "prod/cart.yaml", spec("cart", List.of(), List.of())));

    private Map<String, Touched> with(String path, Optional<FileFacts> facts) {
        return Touched.by(before, before.with(Map.of(path, facts)), List.of(path));
    }

    private static Touched of(Map<String, Touched> touched, String environment) {
        return Objects.requireNonNull(touched.get(environment), environment);
    }

    @Test
    void aSpecTouchesItselfAndThoseThatShareAResource() {
        Map<String, Touched> touched =
                with("dev/cart.yaml", Optional.of(spec("cart", List.of(), List.of("queue.default#orders"))));
        assertThat(touched).containsOnlyKeys("dev");
        assertThat(of(touched, "dev").keys()).containsExactlyInAnyOrder(CART, MAIL);
        assertThat(of(touched, "dev").whole()).isFalse();
    }

    @Test
    void aDeclarationTouchesTheWholeEnvironmentAndNoOther() {
        Map<String, Touched> touched = with("dev/environment.yaml", Optional.of(declares("dev")));
        assertThat(touched).containsOnlyKeys("dev");
        assertThat(of(touched, "dev").whole()).isTrue();
    }

    @Test
    void aFileThatASpecReadsTouchesTheSpec() {
        Map<String, Touched> touched = Touched.by(before, before, List.of("dev/files/motd.txt"));
        assertThat(of(touched, "dev").keys()).contains(CART).doesNotContain(new SpecKey("dev", "Deployment", "lone"));
    }

    @Test
    void aRenamedFileTouchesItsSpecOnce() {
        Map<String, Optional<FileFacts>> changes = new HashMap<>();
        changes.put("dev/lone.yaml", Optional.empty());
        changes.put("dev/moved.yaml", Optional.of(spec("lone", List.of(), List.of())));
        Map<String, Touched> touched = Touched.by(before, before.with(changes), changes.keySet());
        assertThat(of(touched, "dev").keys()).containsExactly(new SpecKey("dev", "Deployment", "lone"));
    }

    @Test
    void aBrokenFileTouchesTheEnvironmentOfItsFolder() {
        assertThat(with("dev/apps/new.yaml", Optional.of(BROKEN))).containsOnlyKeys("dev");
        assertThat(with("elsewhere/new.yaml", Optional.of(BROKEN))).isEmpty();
    }

    @Test
    void aFileOfNobodyTouchesNothing() {
        assertThat(Touched.by(before, before, List.of("README.md", "src/Main.java")))
                .isEmpty();
        assertThat(Touched.by(before, before, Set.of())).isEmpty();
    }
}

package dev.mergeway.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.cli.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents show works: their specs are valid, their links lead somewhere, their commands exist. */
class DocumentsTest {
    private static final Path ROOT = root();
    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)[^)]*\\)");
    private static final Pattern COMMAND = Pattern.compile("`mergeway ([a-z]+)");

    @TempDir
    Path folder;

    @Test
    void theReadmesFirstSpecsAreValidWithTheExamplesBesideThem() throws IOException {
        List<String> specs = found(YAML, "README.md");
        assertThat(specs).isNotEmpty();
        for (int i = 0; i < specs.size(); i++) {
            Files.writeString(folder.resolve("readme-" + i + ".yaml"), specs.get(i));
        }
        Files.copy(ROOT.resolve("examples/shop/dev/environment.yaml"), folder.resolve("environment.yaml"));
        Said said = run("validate", folder.toString());
        assertThat(said.out() + said.err()).contains("all is well");
        assertThat(said.code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "ARCHITECTURE.md",
                "CONTRIBUTING.md",
                "CHANGELOG.md",
                "examples/README.md",
                "examples/platform/README.md",
                "examples/shop/README.md",
                "deploy/README.md"
            })
    void everyLinkLeadsSomewhere(String document) throws IOException {
        Path base = Objects.requireNonNull(ROOT.resolve(document).getParent());
        assertThat(found(LINK, document))
                .filteredOn(link -> !link.startsWith("http"))
                .allSatisfy(link -> assertThat(base.resolve(link)).exists());
    }

    @Test
    void everyCommandOfTheReadmeHasAHelp() throws IOException {
        List<String> commands = found(COMMAND, "README.md");
        assertThat(commands).contains("demo", "serve", "validate", "render", "plan", "schema", "explain");
        assertThat(commands)
                .allSatisfy(command -> assertThat(run(command, "--help").code()).isZero());
    }

    private record Said(int code, String out, String err) {}

    private static Said run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new Console(new PrintWriter(out), new PrintWriter(err), false), arguments);
        return new Said(code, out.toString(), err.toString());
    }

    private static List<String> found(Pattern pattern, String document) throws IOException {
        return pattern.matcher(Files.readString(ROOT.resolve(document)))
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    /** The folder of the whole project. */
    static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("mergeway")) || !Files.isDirectory(here.resolve("examples"))) {
            here = Objects.requireNonNull(here.getParent(), "the tests run inside the project");
        }
        return here;
    }
}

package dev.mergeway.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.blueprint.Catalogue;
import dev.mergeway.schema.model.Finding;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every wrong spec of {@code resources/bad} is told what {@code expected.txt} says, all of it and nothing else. */
class BadInputTest {
    private static final SpecReader SHIPPED = new SpecReader(Catalogue.shipped());

    private record Expected(String file, String rule, String place, String message, String hint) {
        static Expected of(String line) {
            String[] parts = line.split(" \\| ", 5);
            return new Expected(parts[0], parts[1], parts[2], parts[3], parts.length > 4 ? parts[4] : "");
        }
    }

    static Stream<String> files() throws IOException {
        try (Stream<Path> paths = Files.list(folder())) {
            List<String> names = paths.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml") && !name.startsWith("later-"))
                    .map(name -> name.substring(0, name.length() - 5))
                    .sorted()
                    .toList();
            return names.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void isToldWhatIsWrong(String name) throws IOException {
        byte[] content = Files.readAllBytes(folder().resolve(name + ".yaml"));
        List<Finding> findings =
                TestKinds.reader().read(name + ".yaml", content).findings();
        List<Expected> expected = expected(name);

        assertThat(expected).as("rows of expected.txt for " + name).isNotEmpty();
        assertThat(findings).as("findings").hasSameSizeAs(expected).isSortedAccordingTo(Finding.ORDER);
        for (int index = 0; index < expected.size(); index++) {
            Finding finding = findings.get(index);
            Expected row = expected.get(index);
            String severity = finding.severity().name().toLowerCase(Locale.ROOT);
            assertThat(severity + " " + finding.rule()).isEqualTo(row.rule());
            assertThat(finding.position().line() + ":" + finding.position().column())
                    .isEqualTo(row.place());
            assertThat(finding.message()).contains(row.message());
            assertThat(finding.hint()).contains(row.hint());
        }
    }

    /** Words differ with the kinds' schemas; that something of the same severity is found on the same line does not. */
    @ParameterizedTest
    @MethodSource("files")
    void isFoundWithTheShippedKindsToo(String name) throws IOException {
        byte[] content = Files.readAllBytes(folder().resolve(name + ".yaml"));
        List<Finding> findings = SHIPPED.read(name + ".yaml", content).findings();
        for (Expected row : expected(name)) {
            String severity = row.rule().substring(0, row.rule().indexOf(' '));
            String line = row.place().substring(0, row.place().indexOf(':'));
            assertThat(findings)
                    .as(row.toString())
                    .anyMatch(each ->
                            each.severity().name().toLowerCase(Locale.ROOT).equals(severity)
                                    && String.valueOf(each.position().line()).equals(line));
        }
    }

    @Test
    void thereAreManyOfThem() throws IOException {
        assertThat(files()).hasSizeGreaterThan(100);
    }

    @Test
    void mistakesThatOnlyLaterStepsCanSeeAreReadWithoutFindings() throws IOException {
        for (String line : Files.readAllLines(folder().resolve("later.txt"))) {
            if (!line.startsWith("#")) {
                String file = line.substring(0, line.indexOf(' ')) + ".yaml";
                byte[] content = Files.readAllBytes(folder().resolve(file));
                assertThat(TestKinds.reader().read(file, content).findings())
                        .as(file)
                        .isEmpty();
            }
        }
    }

    private static List<Expected> expected(String name) throws IOException {
        List<Expected> rows = new ArrayList<>();
        for (String line : Files.readAllLines(folder().resolve("expected.txt"))) {
            if (line.startsWith(name + " | ")) {
                rows.add(Expected.of(line));
            }
        }
        return rows;
    }

    private static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(BadInputTest.class.getResource("/bad/expected.txt"))
                            .toURI())
                    .resolveSibling("");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.mergeway.reconciler.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.Severity;
import dev.mergeway.schema.validate.CompiledSchema;
import dev.mergeway.schema.validate.EngineSchemas;
import dev.mergeway.schema.validate.TreeNodes;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FindingFormatTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Finding IMAGE = new Finding(
            Severity.ERROR,
            "specs/shop a.yaml",
            new Position(3, 5),
            "/spec/containers/main/imag",
            "schema/unknown-field",
            "'main' has no field 'imag'.",
            "Did you mean 'image'?");
    private static final Finding EMPTY =
            new Finding(Severity.WARNING, "b.yaml", Position.START, "", "yaml/empty", "The file is empty.", "");
    private static final String SOURCE = "\uFEFFspec:\r\n  main:\r\n    imag: x\r\n";

    private static String write(FindingFormat format, Finding... findings) throws IOException {
        StringBuilder out = new StringBuilder();
        format.write(List.of(findings).iterator(), out);
        return out.toString();
    }

    private static FindingText text(String source) {
        return new FindingText(false, file -> file.equals(EMPTY.file()) ? Optional.empty() : Optional.of(source));
    }

    @Test
    void textShowsThePlaceTheLineAndTheHint() throws IOException {
        assertThat(write(text(SOURCE), IMAGE, EMPTY)).isEqualTo("""
                        specs/shop a.yaml:3:5: error: 'main' has no field 'imag'. [schema/unknown-field]
                            3 |     imag: x
                              |     ^
                          hint: Did you mean 'image'?

                        b.yaml:1:1: warning: The file is empty. [yaml/empty]

                        1 error, 1 warning in 2 files.
                        """);
        assertThat(write(text(SOURCE))).isEmpty();
    }

    @Test
    void textUsesColourOnlyWhereAsked() throws IOException {
        assertThat(write(new FindingText(true, file -> Optional.empty()), IMAGE))
                .contains("\u001b[31merror\u001b[0m");
        assertThat(write(text(SOURCE), IMAGE)).doesNotContain("\u001b");
    }

    @Test
    void textLetsNoFileSteerTheTerminal() throws IOException {
        Finding finding = new Finding(
                Severity.ERROR,
                "a\u001b[2J.yaml",
                new Position(1, 9),
                "",
                "a/b",
                "x\u001b]0;\u0007\u202Ey",
                "\u009b1m");
        assertThat(write(text("k: \u001b[31m\u202Ev"), finding)).doesNotContain("\u001b", "\u0007", "\u202E", "\u009b");
    }

    @Test
    void textCutsLongLinesAroundTheCaret() throws IOException {
        Finding finding = new Finding(Severity.ERROR, "a.yaml", new Position(1, 5_001), "", "a/b", "x", "");
        List<String> lines = write(text("😀".repeat(5_000) + "!" + "b".repeat(5_000)), finding)
                .lines()
                .toList();
        assertThat(lines.get(1)).hasSizeLessThan(250);
        int caret = lines.get(2).indexOf('^');
        assertThat(lines.get(1).codePoints().toArray()[caret]).isEqualTo('!');
    }

    @Test
    void textReadsEachFileOnce() throws IOException {
        AtomicInteger reads = new AtomicInteger();
        FindingText format = new FindingText(false, file -> {
            reads.incrementAndGet();
            return Optional.of(SOURCE);
        });
        write(format, IMAGE, IMAGE, EMPTY);
        assertThat(reads).hasValue(2);
    }

    @Test
    void jsonIsAnArrayOfWhatTheSchemaPublishes() throws IOException {
        JsonNode array = JSON.readTree(write(new FindingJson(), IMAGE, EMPTY));
        assertThat(array.size()).isEqualTo(2);
        CompiledSchema schema = CompiledSchema.of(EngineSchemas.finding());
        array.forEach(each -> assertThat(schema.check(
                        TreeNodes.tree(each),
                        (severity, pointer, rule, message, hint) ->
                                new Finding(severity, "json", Position.START, pointer, rule, message, hint)))
                .isEmpty());
        assertThat(array.path(0).path("severity").asString()).isEqualTo("error");
        assertThat(array.path(0).path("column").asInt()).isEqualTo(5);
        assertThat(write(new FindingJson())).isEqualTo("[]\n");
    }

    @Test
    void sarifHasWhatViewersNeed() throws IOException {
        JsonNode log = JSON.readTree(write(new FindingSarif("1.2.3"), IMAGE, EMPTY));
        assertThat(log.path("version").asString()).isEqualTo("2.1.0");
        JsonNode run = log.path("runs").path(0);
        JsonNode place = run.path("results").path(0).path("locations").path(0).path("physicalLocation");
        assertThat(place.path("artifactLocation").path("uri").asString()).isEqualTo("specs/shop%20a.yaml");
        assertThat(place.path("region").path("startLine").asInt()).isEqualTo(3);
        assertThat(run.path("results").path(1).path("level").asString()).isEqualTo("warning");
        JsonNode driver = run.path("tool").path("driver");
        assertThat(driver.path("version").asString()).isEqualTo("1.2.3");
        assertThat(driver.path("rules")
                        .path(0)
                        .path("shortDescription")
                        .path("text")
                        .asString())
                .isEqualTo("The field does not exist.");
        assertThat(driver.path("rules").size()).isEqualTo(2);
        assertThat(JSON.readTree(write(new FindingSarif("1")))
                        .path("runs")
                        .path(0)
                        .path("results")
                        .size())
                .isZero();
    }

    @Test
    void annotationsAreCommandsThatNoTextCanBreakOutOf() throws IOException {
        assertThat(write(new FindingAnnotations(), IMAGE))
                .isEqualTo("::error file=specs/shop a.yaml,line=3,col=5,title=schema/unknown-field::"
                        + "'main' has no field 'imag'.%0ADid you mean 'image'?\n");
        Finding evil = new Finding(
                Severity.INFO,
                "a,line=9::x\n::stop.yaml",
                Position.START,
                "",
                "a/b",
                "100%\n::set-env name=A::b\r",
                "");
        assertThat(write(new FindingAnnotations(), evil))
                .isEqualTo("::notice file=a%2Cline=9%3A%3Ax%0A%3A%3Astop.yaml,line=1,col=1,title=a/b::"
                        + "100%25%0A::set-env name=A::b%0D\n");
    }

    @Test
    void everyFormatStreams() throws IOException {
        for (FindingFormat format :
                List.of(text(SOURCE), new FindingJson(), new FindingSarif("1"), new FindingAnnotations())) {
            Counting written = new Counting();
            Iterator<Finding> many = IntStream.range(0, 20_000)
                    .mapToObj(index -> new Finding(
                            Severity.ERROR, "f" + index / 10, new Position(3, 5), "", "a/b", "x".repeat(100), "y"))
                    .iterator();
            format.write(many, written);
            assertThat(written.characters).isGreaterThan(20_000L * 100);
        }
    }

    /** Counts characters and keeps none. */
    private static final class Counting implements Appendable {
        private long characters;

        @Override
        public Appendable append(CharSequence text) {
            characters += text.length();
            return this;
        }

        @Override
        public Appendable append(CharSequence text, int start, int end) {
            characters += end - start;
            return this;
        }

        @Override
        public Appendable append(char character) {
            characters++;
            return this;
        }
    }
}

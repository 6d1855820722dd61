package dev.mergeway.schema.score;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.model.Files;
import dev.mergeway.schema.model.Severity;
import dev.mergeway.schema.model.Spec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreFilesTest {
    private static final Files FILES = new Files() {
        private final Map<String, byte[]> content = Map.of(
                "shop/a.txt", "hello ${metadata.name}".getBytes(UTF_8),
                "common/b.txt", "plain $HOME".getBytes(UTF_8),
                "shop/c.bin", new byte[] {(byte) 0xff, 0, 1});

        @Override
        public Optional<byte[]> read(String path) {
            return Optional.ofNullable(content.get(path));
        }

        @Override
        public List<String> below(String folder) {
            return List.copyOf(content.keySet());
        }
    };

    @Test
    void contentTakesThePlaceOfTheSource() {
        Converted inlined = inline(
                "/a: { source: a.txt, mode: '0600' }, /b: { source: ../common/b.txt, noExpand: true }, /c: { source: ./c.bin }, /d: { content: d }");
        assertThat(inlined.findings()).isEmpty();
        assertThat(files(inlined))
                .isEqualTo(Map.of(
                        "/a", Map.of("mode", "0600", "content", "hello ${metadata.name}"),
                        "/b", Map.of("content", "plain $HOME", "noExpand", true),
                        "/c", Map.of("binaryContent", "/wAB"),
                        "/d", Map.of("content", "d")));
    }

    @Test
    void aMissingFileIsAWarningAndEmpty() {
        Converted inlined = inline("/a: { source: gone.txt }");
        assertThat(files(inlined)).isEqualTo(Map.of("/a", Map.of("content", "")));
        assertThat(inlined.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.rule()).isEqualTo("score/missing-file");
            assertThat(finding.pointer()).isEqualTo("/containers/main/files/~1a/source");
            assertThat(finding.message()).contains("'gone.txt'");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "shop/score.yaml, a.txt, shop/a.txt",
        "score.yaml, ./x/../a.txt, a.txt",
        "a/b/score.yaml, ../../c, c",
        "a/score.yaml, ../../etc/passwd,",
        "score.yaml, ../a,",
        "a/score.yaml, /etc/passwd,"
    })
    void noSourceLeadsOutOfTheRepository(String file, String source, @org.jspecify.annotations.Nullable String path) {
        assertThat(ScoreFiles.resolve(file, source)).isEqualTo(Optional.ofNullable(path));
    }

    private static Converted inline(String files) {
        Spec spec = new ScoreConverter()
                .convert(Scores.document(
                        "apiVersion: score.dev/v1b1\nmetadata: { name: x }\ncontainers: { main: { image: i, files: { "
                                + files + " } } }"))
                .spec()
                .orElseThrow();
        assertThat(ScoreFiles.concerns(spec)).isTrue();
        return ScoreFiles.inline(spec, FILES);
    }

    private static @org.jspecify.annotations.Nullable Object files(Converted inlined) {
        return Scores.at(inlined.spec().orElseThrow().body(), "/containers/main/files");
    }
}

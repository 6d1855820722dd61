package dev.mergeway.schema.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.CpuTime;
import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Position;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentReaderTest {
    private static final DocumentReader READER = new DocumentReader(Limits.DEFAULT);

    private static Documents read(String text) {
        return READER.read("a.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> root(String text) {
        Documents documents = read(text);
        assertThat(documents.findings()).isEmpty();
        assertThat(documents.documents()).hasSize(1);
        return documents.documents().getFirst().root();
    }

    private static List<String> rules(String text) {
        return read(text).findings().stream().map(Finding::rule).toList();
    }

    @Test
    void readsScalarsAsYaml12DoesAndNothingElse() {
        Map<String, Object> root = root("""
                a: 1
                b: 0x1F
                c: 1.5
                d: true
                e: ~
                f: yes
                g: '1'
                h: 0o17
                i: 123456789012345678901234567890
                j: .inf
                k: 2026-12-31
                l: 1e3
                m: !!str 5
                n: +7
                """);
        assertThat(root)
                .containsEntry("a", 1L)
                .containsEntry("b", 31L)
                .containsEntry("c", 1.5)
                .containsEntry("d", true)
                .containsEntry("e", null)
                .containsEntry("f", "yes")
                .containsEntry("g", "1")
                .containsEntry("h", 15L)
                .containsEntry("i", new BigInteger("123456789012345678901234567890"))
                .containsEntry("j", ".inf")
                .containsEntry("k", "2026-12-31")
                .containsEntry("l", 1000.0)
                .containsEntry("m", "5")
                .containsEntry("n", 7L);
        assertThat(root.keySet()).startsWith("a", "b", "c");
    }

    @Test
    void knowsWhereEverythingStands() {
        Document document = read("# first\n\na:\n  - b: 1\n    c/d: [x, {~e: 2}]\n")
                .documents()
                .getFirst();
        assertThat(document.line()).isEqualTo(3);
        assertThat(document.positions().of("/a")).isEqualTo(new Position(3, 1));
        assertThat(document.positions().of("/a/0")).isEqualTo(new Position(4, 5));
        assertThat(document.positions().of("/a/0/b")).isEqualTo(new Position(4, 5));
        assertThat(document.positions().of("/a/0/c~1d/0")).isEqualTo(new Position(5, 11));
        assertThat(document.positions().of("/a/0/c~1d/1/~0e")).isEqualTo(new Position(5, 15));
    }

    @Test
    void countsColumnsInCodePoints() {
        Document document = read("a: {\"😀é\": 1, b: 2}\n").documents().getFirst();
        assertThat(document.positions().of("/a/b")).isEqualTo(new Position(1, 14));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void lineBreaksOfEverySystemGiveTheSame(String lineBreak) {
        String text = "\uFEFFa: 1\nb: |\n  x\n  y\n---\nc: [\n---\nd:\n  e: 2\n".replace("\n", lineBreak);
        Documents documents = read(text);
        assertThat(documents.documents()).hasSize(2);
        assertThat(documents.documents().getFirst().root()).containsEntry("b", "x\ny\n");
        assertThat(documents.documents().get(1).positions().of("/d/e")).isEqualTo(new Position(9, 3));
        assertThat(documents.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.position().line()).isEqualTo(6));
    }

    @Test
    void anErrorInOneDocumentHidesNoOther() {
        Documents documents = read("a: 1\n---\nb: [\n---\nc: 3\n...\n%YAML 1.2\n---\nd: 'x\n--- \ne: 5\n");
        assertThat(documents.documents())
                .map(Document::root)
                .map(Map::keySet)
                .map(Object::toString)
                .containsExactly("[a]", "[c]", "[e]");
        assertThat(documents.documents()).map(Document::index).containsExactly(0, 1, 2);
        assertThat(documents.findings()).map(Finding::rule).containsExactly("yaml/syntax", "yaml/syntax");
    }

    @Test
    void dashesInsideABlockTextAreNoSeparator() {
        assertThat(root("a: |\n  ---\n  x\n")).containsEntry("a", "---\nx\n");
        assertThat(root("--- {a: 1}\n")).containsEntry("a", 1L);
        assertThat(root("---\n---\n# nothing\n---\na: 1\n...\n")).containsEntry("a", 1L);
        assertThat(root("a: ---x\n")).containsEntry("a", "---x");
    }

    @Test
    void aliasesAndMergeKeysBringInWhatTheyName() {
        Document document = read("""
                        base: &base {x: 1, y: 2}
                        more: &more {z: 3}
                        one:
                          <<: *base
                          y: 5
                        two:
                          <<: [*base, *more]
                        three: *base
                        """).documents().getFirst();
        assertThat(document.root())
                .containsEntry("one", Map.of("x", 1L, "y", 5L))
                .containsEntry("two", Map.of("x", 1L, "y", 2L, "z", 3L))
                .containsEntry("three", Map.of("x", 1L, "y", 2L));
        assertThat(document.positions().of("/one/x")).isEqualTo(new Position(4, 3));
        assertThat(document.positions().of("/three/y")).isEqualTo(new Position(8, 1));
    }

    @Test
    void aDocumentCannotContainItself() {
        assertThat(rules("a: &a [*a]\n")).containsExactly("yaml/alias");
    }

    @Test
    void keysBecomeTexts() {
        assertThat(root("8080: a\ntrue: b\n1.50: c\n")).containsOnlyKeys("8080", "true", "1.50");
        assertThat(rules("[a, b]: 1\nc: 2\n")).containsExactly("yaml/key");
        assertThat(rules("? \n: 1\n")).containsExactly("yaml/key");
        assertThat(read(": 1\n").findings())
                .map(Finding::message)
                .containsExactly("There is no name before the colon.");
    }

    @Test
    void theFirstOfTwoEqualKeysStays() {
        Documents documents = read("a: 1\n'a': {b: 2}\na: 3\n");
        assertThat(documents.documents().getFirst().root()).isEqualTo(Map.of("a", 1L));
        assertThat(documents.findings()).map(each -> each.position().line()).containsExactly(2, 3);
    }

    @Test
    void limitsAreFindings() {
        assertThat(rules("a: " + "[".repeat(80) + "]".repeat(80))).containsExactly("yaml/depth");
        assertThat(rules("a: " + "x".repeat(1 << 20))).containsExactly("yaml/size");
        assertThat(rules("a: 1\n---\n".repeat(1001))).containsExactly("yaml/documents");
        assertThat(rules("? " + "k".repeat(2000) + "\n: 1\n")).containsExactly("yaml/key");
        assertThat(read("a: 1\n---\n".repeat(1000)).documents()).hasSize(1000);
    }

    @Test
    void anAliasBombIsRefusedBeforeItGrows() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 30; level++) {
            bomb.append(
                    "a%d: &a%d [%s*a%d]\n".formatted(level, level, ("*a" + (level - 1) + ", ").repeat(9), level - 1));
        }
        read("warm: up\n");
        Duration spent = CpuTime.of(() -> assertThat(rules(bomb.toString())).containsExactly("yaml/alias-limit"));
        assertThat(spent).isLessThan(Duration.ofMillis(500));
    }

    @Test
    void aliasesMayNotMultiplyALongTextNorLongNames() {
        String text = "x".repeat(50_000);
        assertThat(rules("a: &a " + text + "\nb: [" + "*a, ".repeat(20) + "]\n"))
                .as("1,000,000 characters")
                .isEmpty();
        assertThat(rules("a: &a " + text + "\nb: [" + "*a, ".repeat(21) + "]\n"))
                .as("1,050,000 characters")
                .containsExactly("yaml/alias-limit");
        String names = "{ " + "n".repeat(1_000) + ": 1, " + "m".repeat(1_000) + ": 1 }";
        assertThat(rules("a: &a " + names + "\nb: &b [" + "*a, ".repeat(100) + "]\nc: [*b, *b, *b]\nd: [*b, *b]\n"))
                .containsExactly("yaml/alias-limit");
        assertThat(rules("a: &a { k: " + text + " }\nb: [" + "{ <<: *a }, ".repeat(21) + "]\n"))
                .containsExactly("yaml/alias-limit");
    }
}

package dev.mergeway.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.model.Finding;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nothing in a file makes the reader throw or take long. The seeds are fixed, so that a failure happens again. */
class FuzzTest {
    private static final SpecReader READER = TestKinds.reader();
    private static final String PIECES = "{}[]:,-?&*!|>'\"%@`#~\n\n\n\t  \\ab01<=.$é😀\u0001\u2028\uFEFF";

    private static void check(byte[] content) {
        List<FileContent> contents = new ArrayList<>();
        assertThat(CpuTime.of(() -> contents.add(READER.read("fuzz.yaml", content))))
                .isLessThan(Duration.ofSeconds(5));
        assertThat(contents.getFirst().findings())
                .isSortedAccordingTo(Finding.ORDER)
                .doesNotHaveDuplicates();
    }

    @Test
    void randomBytes() {
        Random random = new Random(1);
        for (int round = 0; round < 3_000; round++) {
            byte[] content = new byte[random.nextInt(300)];
            random.nextBytes(content);
            check(content);
        }
    }

    @Test
    void randomPunctuation() {
        Random random = new Random(2);
        int[] pieces = PIECES.codePoints().toArray();
        for (int round = 0; round < 5_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(60); length > 0; length--) {
                text.appendCodePoint(pieces[random.nextInt(pieces.length)]);
            }
            check(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void validSpecsWithAFewCharactersChanged() {
        Random random = new Random(3);
        for (int round = 0; round < 3_000; round++) {
            StringBuilder text = new StringBuilder(Samples.EVERYTHING);
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                int at = random.nextInt(text.length());
                char piece = PIECES.charAt(random.nextInt(PIECES.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, piece);
                    case 1 -> text.insert(at, piece);
                    default -> text.delete(at, Math.min(text.length(), at + random.nextInt(20)));
                }
            }
            check(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void largeFilesMadeToBeSlow() {
        String head = "apiVersion: mergeway.dev/v1\nkind: Deployment\nmetadata: { name: a }\nspec:\n";
        StringBuilder unknown = new StringBuilder(head);
        for (int index = 0; unknown.length() < 900_000; index++) {
            unknown.append("  replicaz").append(index).append(": 1\n");
        }
        check(unknown.toString().getBytes(StandardCharsets.UTF_8));
        check((head + "  args: [" + "1,".repeat(450_000) + "1]\n").getBytes(StandardCharsets.UTF_8));
        check((head + "  replicas: " + "9".repeat(900_000) + "\n").getBytes(StandardCharsets.UTF_8));
        check((head + "  x: \"" + "\\n".repeat(450_000) + "\"\n").getBytes(StandardCharsets.UTF_8));
        check("{".repeat(900_000).getBytes(StandardCharsets.UTF_8));
        check("? ".repeat(450_000).getBytes(StandardCharsets.UTF_8));
        check("- ".repeat(450_000).getBytes(StandardCharsets.UTF_8));
        check("a: &x ".repeat(150_000).getBytes(StandardCharsets.UTF_8));
        check((head + "  containers:\n" + "    \"" + "k".repeat(1000) + "\": [" + "[],".repeat(300_000) + "1]\n")
                .getBytes(StandardCharsets.UTF_8));
    }
}

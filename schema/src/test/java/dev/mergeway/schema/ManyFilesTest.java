package dev.mergeway.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ManyFilesTest {
    /** Generous, since this machine may be busy; a reader that compiles schemas for each file needs minutes. */
    private static final long MOST_NANOS = 20_000_000_000L;

    @Test
    void readsTenThousandFilesInSeconds() {
        SpecReader reader = TestKinds.reader();
        byte[] right = Samples.DEPLOYMENT.getBytes(StandardCharsets.UTF_8);
        byte[] wrong = Samples.DEPLOYMENT.replace("image:", "imag:").getBytes(StandardCharsets.UTF_8);
        long start = System.nanoTime();
        AtomicInteger findings = new AtomicInteger();
        IntStream.range(0, 10_000).parallel().forEach(index -> {
            FileContent content = reader.read("specs/" + index + ".yaml", index % 10 == 0 ? wrong : right);
            findings.addAndGet(content.findings().size());
        });
        assertThat(findings).hasValue(1_000);
        assertThat(System.nanoTime() - start).isLessThan(MOST_NANOS);
    }
}

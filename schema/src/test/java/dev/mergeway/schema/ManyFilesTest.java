package dev.mergeway.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.model.Finding;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManyFilesTest {
    @Test
    void readsTenThousandFilesInSeconds() {
        SpecReader reader = TestKinds.reader();
        byte[] right = Samples.DEPLOYMENT.getBytes(StandardCharsets.UTF_8);
        byte[] wrong = Samples.DEPLOYMENT.replace("image:", "imag:").getBytes(StandardCharsets.UTF_8);
        List<Finding> findings = new ArrayList<>();
        Duration spent = CpuTime.of(() -> {
            for (int index = 0; index < 10_000; index++) {
                byte[] content = index % 10 == 0 ? wrong : right;
                findings.addAll(reader.read("specs/" + index + ".yaml", content).findings());
            }
        });
        assertThat(findings).hasSize(1_000);
        assertThat(spent).isLessThan(Duration.ofSeconds(20));
    }
}

package dev.mergeway.reconciler.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mergeway validate} of 1,000 to 10,000 files in one call, with 512 MiB of heap. */
class ValidateBench {
    @TempDir
    Path folder;

    @Test
    void linearAndWithin512MiB() throws Exception {
        for (int count : new int[] {1_000, 2_500, 5_000, 10_000}) {
            Path files = folder.resolve("files-" + count);
            new SpecRepository(folder, count, count / 50).unpack(files);
            double seconds = validate(files, 0);
            System.out.printf(
                    Locale.ROOT,
                    "validate of %d files: %.1f s, %.2f ms a file%n",
                    count,
                    seconds,
                    1000 * seconds / count);
        }
    }

    @Test
    void aFindingInEachFile() throws Exception {
        Path files = folder.resolve("wrong");
        SpecRepository specs = new SpecRepository(folder, 10_000, 200);
        specs.unpack(files);
        for (int spec = 0; spec < specs.specs(); spec++) {
            Path file = files.resolve(specs.path(spec));
            Files.writeString(file, Files.readString(file).replace("image:", "imgae:"));
        }
        System.out.printf(Locale.ROOT, "validate of 10,000 files with a mistake in each: %.1f s%n", validate(files, 1));
    }

    private double validate(Path files, int exit) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(RunningService.command("-Xmx512m"));
        command.addAll(List.of("validate", files.toString()));
        Path output = folder.resolve("output");
        long began = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int code = process.waitFor();
        double seconds = (System.nanoTime() - began) / 1e9;
        String last = Files.readString(output);
        assertThat(code).as(last.substring(Math.max(0, last.length() - 2_000))).isEqualTo(exit);
        return seconds;
    }
}

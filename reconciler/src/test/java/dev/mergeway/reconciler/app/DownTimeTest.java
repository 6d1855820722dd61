package dev.mergeway.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody does while the service is down. */
class DownTimeTest {
    @TempDir
    Path folder;

    @Test
    void whatWasChangedByHandMeanwhileIsPutRightSoonAfterTheStart() throws Exception {
        try (Site site = Site.start(folder, 1)) {
            Shop shop = site.shop().declares("").workload("cart").begin();
            Path file = shop.liveFile("deployment.apps-cart.yaml");
            String applied = Files.readString(file);
            site.restart(() -> Files.writeString(file, applied.replaceFirst("image: .*", "image: evil")));
            assertThat(file).content().contains("evil");
            Shop.eventually(
                    "the hand edit is put right, though a look around comes in an hour only",
                    () -> assertThat(file).hasContent(applied));
        }
    }
}

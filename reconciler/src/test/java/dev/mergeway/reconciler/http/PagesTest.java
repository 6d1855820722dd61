package dev.mergeway.reconciler.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.run.EnvironmentState.Sync;
import dev.mergeway.reconciler.run.PullState;
import dev.mergeway.reconciler.store.Samples;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {
    private Served served;

    @BeforeAll
    void start() throws Exception {
        served = new Served().filled();
    }

    @AfterAll
    void stop() {
        served.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/ | shop-prod",
                "/environments/shop-dev | apps/checkout.yaml:12",
                "/environments/shop-dev?status=Degraded | image &lt;b&gt;not&lt;/b&gt; found",
                "/pulls | Add &lt;b&gt;a queue&lt;/b&gt;",
                "/pulls/shop/12 | <strong>One queue</strong> is created.",
                "/runs | one created",
                "/runs?environment=shop-dev | History of shop-dev",
                "/runs/20261125-1 | dev: apps/v1/Deployment shop-dev/checkout",
                "/kinds | Holds messages.",
                "/kinds/Queue | How long a message waits.",
            })
    void showsWhatThereIs(String path, String text) throws Exception {
        HttpResponse<String> page = served.page(path);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.body()).startsWith("<!doctype html>").contains(text).endsWith("</html>\n");
    }

    @Test
    void everyLinkOfOursLeadsSomewhere() throws Exception {
        for (String path : new String[] {"/", "/environments/shop-dev", "/pulls/shop/12", "/runs", "/kinds/Queue"}) {
            Matcher links = Pattern.compile("(?:href|src)=\"(/[^\"]*)\"")
                    .matcher(served.page(path).body());
            while (links.find()) {
                String link = links.group(1).replace("&amp;", "&");
                assertThat(served.page(link).statusCode())
                        .as(path + " → " + link)
                        .isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nope", "/environments/%3Cscript%3Ealert(1)%3C%2Fscript%3E", "/runs/none", "/kinds/Nope"})
    void whatIsNotThereIsAPageThatSaysSo(String path) throws Exception {
        HttpResponse<String> page = served.page(path);
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body())
                .startsWith("<!doctype html>")
                .contains("<h1>Not Found</h1>")
                .doesNotContain("<script>alert");
    }

    @Test
    void wordsOfStrangersStayWords() throws Exception {
        String evil = "\"><script>alert(1)</script><img src=x onerror=alert(1)>";
        served.store.save(new PullState(
                "shop", 66, evil, evil, evil, evil, "open", "javascript:alert(1)", "invalid", "", evil, "{not json"));
        served.store.save(Samples.environment("e\"><i>", Sync.UNKNOWN));
        for (String path : new String[] {"/", "/pulls", "/pulls/shop/66", "/environments/e%22%3E%3Ci%3E"}) {
            String page = served.page(path).body();
            assertThat(page).doesNotContain("<script>alert", "<img", "<i>", "href=\"javascript");
        }
    }

    @Test
    void aLongListIsShownInPages() throws Exception {
        for (int i = 0; i < 60; i++) {
            served.store.save("big", java.util.List.of(Samples.resource("big", "r" + (100 + i))), java.util.List.of());
        }
        served.store.save(Samples.environment("big", Sync.SYNCED));
        String first = served.page("/environments/big").body();
        assertThat(first).contains("r149").doesNotContain("r150");
        Matcher next = Pattern.compile("href=\"([^\"]*)\">More").matcher(first);
        assertThat(next.find()).isTrue();
        assertThat(served.page(next.group(1)).body()).contains("r150", "r159").doesNotContain("r149");
    }
}

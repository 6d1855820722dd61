package dev.mergeway.reconciler.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {
    @Test
    void showsTheCommentAsTheForgeDoes() {
        String html = Markdown.html("""
                <!-- mergeway:plan -->
                ## Nothing is deleted

                | Action | Resource |
                | --- | --- |
                | create | `checkout` |

                <details><summary>What changes</summary>

                ```diff
                + image: checkout:2
                - image: checkout:1
                  replicas: 2
                ```

                </details>
                """).toString();
        assertThat(html)
                .contains("<h2>Nothing is deleted</h2>")
                .contains("<th>Action</th>", "<td><code>checkout</code></td>")
                .contains("<details><summary>What changes</summary>", "</details>")
                .contains("<span class=\"added\">+ image: checkout:2</span>")
                .contains("<span class=\"removed\">- image: checkout:1</span>")
                .doesNotContain("mergeway:plan");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "a <script>alert(1)</script> b",
                "<details ontoggle=alert(1) open>x</details>",
                "<summary onclick='alert(1)'>x</summary>",
                "<img src=x onerror=alert(1)>",
                "![x](https://evil.example/pixel.png)",
                "![x](javascript:alert(1))",
                "<!-- a --><svg onload=alert(1)>",
                "<!--><script>alert(1)</script>-->",
                "<!-- <script>alert(1)</script>",
                "[x](javascript:alert(1))",
                "[x](data:text/html;base64,PHNjcmlwdD4=)",
                "<javascript:alert(1)>",
                "[x](\"onmouseover=alert(1)\")",
                "<iframe src=//evil.example></iframe>",
                "<style>*{display:none}</style>",
                "| <script>alert(1)</script> | b |\n| --- | --- |\n| <b onclick=alert(1)> | c |",
                "```\"><script>alert(1)</script>\nx\n```",
                "```mermaid\ngraph TD; A[\"<img src=x onerror=alert(1)>\"]\n```",
                "```diff\n+ <script>alert(1)</script>\n```",
                "&lt;script&gt;alert(1)&lt;/script&gt;",
                "<details><script>alert(1)</script></details>",
            })
    void letsNothingOfStrangersIn(String markdown) {
        String html = Markdown.html(markdown).toString();
        assertThat(html.toLowerCase(java.util.Locale.ROOT))
                .doesNotContain(
                        "<script", "<img", "<svg onload", "<iframe", "<style", "href=\"javascript", "href=\"data")
                .doesNotContainPattern("<[a-z]+ [^>]*on[a-z]+=");
    }

    @Test
    void whatIsOpenedIsClosedAndNothingElseIs() {
        assertThat(Markdown.html("</div></main></details>\n\n<details>\n\n<summary>x")
                        .toString())
                .doesNotContain("</div>", "</main>")
                .containsOnlyOnce("</details>")
                .endsWith("</summary></details>");
    }
}

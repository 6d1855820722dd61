package dev.mergeway.reconciler.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class MermaidTest {
    @Test
    void drawsOurGraphWithWhatIsNeededToTheLeft() throws Exception {
        Element svg = drawn("""
                graph LR
                  n0["Deployment checkout - create"]:::create
                  n1["Secret checkout #quot;x#quot; - update"]:::update
                  n2["Queue orders - unchanged"]:::unchanged
                  n1 --> n0
                  n2 --> n1
                  classDef create fill:#aceebb,stroke:#1a7f37,color:#000
                """);
        assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(3);
        assertThat(svg.getElementsByTagName("path").getLength()).isEqualTo(2);
        assertThat(left(svg, 2)).isLessThan(left(svg, 1));
        assertThat(left(svg, 1)).isLessThan(left(svg, 0));
        assertThat(svg.getElementsByTagName("text").item(1).getTextContent())
                .isEqualTo("Secret checkout \"x\" - update");
    }

    @Test
    void aCycleEnds() throws Exception {
        Element svg = drawn("graph LR\n a[\"a\"]\n b[\"b\"]\n a --> b\n b --> a\n a --> a\n");
        assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sequenceDiagram\n a->>b: hello",
                "graph LR\n a[\"x\"] --> b[\"<script>\"]",
                "graph LR\n a --> b",
                "graph LR\n click a \"javascript:alert(1)\"",
                ""
            })
    void anythingElseIsShownAsText(String text) {
        assertThat(Mermaid.html(text).toString())
                .startsWith("<pre class=\"graph\">")
                .doesNotContain("<script", "<svg");
    }

    @Test
    void labelsAreEscaped() {
        assertThat(Mermaid.html("graph LR\n a[\"<script>#lt;b#62;\"]:::create").toString())
                .contains("&lt;script&gt;&lt;b&gt;")
                .doesNotContain("<script", "<b>");
    }

    private static int left(Element svg, int box) {
        return Integer.parseInt(((Element) svg.getElementsByTagName("rect").item(box)).getAttribute("x"));
    }

    private static Element drawn(String text) throws Exception {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(Mermaid.html(text).toString())));
        return (Element) document.getElementsByTagName("svg").item(0);
    }
}

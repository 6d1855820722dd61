package dev.mergeway.reconciler.http;

import java.util.List;
import java.util.Set;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.HtmlWriter;
import org.commonmark.renderer.html.UrlSanitizer;

/**
 * The Markdown of a comment as markup. It holds words of strangers: all HTML in it is escaped, except the few elements
 * that our own comments use, told by their exact text. Pictures become links, since nothing is loaded from elsewhere.
 */
final class Markdown {
    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();

    private Markdown() {}

    static Html html(String markdown) {
        Fold fold = new Fold();
        String body = HtmlRenderer.builder()
                .extensions(List.of(TablesExtension.create()))
                .escapeHtml(true)
                .sanitizeUrls(true)
                .urlSanitizer(new WebOnly())
                .percentEncodeUrls(true)
                .nodeRendererFactory(context -> new Own(context, fold))
                .build()
                .render(PARSER.parse(markdown));
        return Html.safe(body + fold.rest());
    }

    /** Lets links lead to web pages only: not into this service, nor to scripts and data. */
    private static final class WebOnly implements UrlSanitizer {
        @Override
        public String sanitizeLinkUrl(String url) {
            return url.startsWith("https://") || url.startsWith("http://") ? url : "#";
        }

        @Override
        public String sanitizeImageUrl(String url) {
            return "#";
        }
    }

    /** Renders what CommonMark's own renderer would let through or load. */
    private static final class Own implements NodeRenderer {
        private final HtmlNodeRendererContext context;
        private final HtmlWriter out;
        private final Fold fold;

        private Own(HtmlNodeRendererContext context, Fold fold) {
            this.context = context;
            this.out = context.getWriter();
            this.fold = fold;
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(HtmlBlock.class, HtmlInline.class, Image.class, FencedCodeBlock.class);
        }

        @Override
        public void render(Node node) {
            switch (node) {
                case HtmlBlock block -> {
                    out.line();
                    out.raw(fold.html(block.getLiteral()));
                    out.line();
                }
                case HtmlInline inline -> out.raw(fold.html(inline.getLiteral()));
                case Image image -> children(image);
                case FencedCodeBlock code -> code(code);
                default -> throw new IllegalArgumentException("not asked for: " + node);
            }
        }

        /** A picture's words. */
        private void children(Node node) {
            for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
                context.render(child);
            }
        }

        private void code(FencedCodeBlock code) {
            String language = code.getInfo() == null ? "" : code.getInfo().strip();
            out.line();
            if (language.equals("diff")) {
                out.raw(DiffText.html(code.getLiteral()).toString());
            } else if (language.equals("mermaid")) {
                out.raw(Mermaid.html(code.getLiteral()).toString());
            } else {
                out.raw(Html.el("pre", Html.el("code", code.getLiteral())).toString());
            }
            out.line();
        }
    }
}

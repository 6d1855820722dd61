package dev.mergeway.reconciler.http;

import static dev.mergeway.reconciler.http.Html.css;
import static dev.mergeway.reconciler.http.Html.el;

/** A Mermaid graph, shown as its text: forges draw it, and no script is loaded here to do so. */
final class Mermaid {
    private Mermaid() {}

    static Html html(String graph) {
        return el("pre", css("graph"), el("code", graph));
    }
}

package dev.mergeway.reconciler.http;

import static dev.mergeway.reconciler.http.Html.css;
import static dev.mergeway.reconciler.http.Html.el;

import java.util.ArrayList;
import java.util.List;

/** A diff, with its lines coloured by what they say. */
final class DiffText {
    private DiffText() {}

    static Html html(String diff) {
        List<Html> lines = new ArrayList<>();
        for (String line : diff.split("\n", -1)) {
            char first = line.isEmpty() ? ' ' : line.charAt(0);
            String kind = switch (first) {
                case '+' -> "added";
                case '-' -> "removed";
                case '!' -> "changed";
                case '#', '@' -> "said";
                default -> "same";
            };
            lines.add(Html.all(el("span", css(kind), line), "\n"));
        }
        return el("pre", css("diff"), el("code", lines));
    }
}

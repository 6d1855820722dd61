package dev.mergeway.reconciler.http;

import static dev.mergeway.reconciler.http.Html.attr;
import static dev.mergeway.reconciler.http.Html.css;
import static dev.mergeway.reconciler.http.Html.el;
import static dev.mergeway.reconciler.http.Html.href;

import java.util.ArrayList;
import java.util.List;

/** What all pages share. */
final class Layout {
    private static final String[][] PLACES = {
        {"/", "Environments"}, {"/pulls", "Pull requests"}, {"/runs", "History"}, {"/kinds", "What you can ask for"}
    };

    private Layout() {}

    /**
     * A whole page.
     *
     * @param place path of the entry of the navigation that it belongs to
     * @param live kinds of events after which it is shown anew, separated by spaces; "" for none
     */
    static Html page(String title, String place, String live, Object... main) {
        List<Html> places = new ArrayList<>();
        for (String[] each : PLACES) {
            Html.Attribute here = attr("aria-current", each[0].equals(place) ? "page" : "false");
            places.add(el("a", href(each[0]), here, each[1]));
        }
        Html head = el(
                "head",
                el("meta", attr("charset", "utf-8")),
                el("meta", attr("name", "viewport"), attr("content", "width=device-width, initial-scale=1")),
                el("title", title + " · Mergeway"),
                el("link", attr("rel", "icon"), href("/assets/icon.svg")),
                el("link", attr("rel", "stylesheet"), href("/assets/style.css")),
                el("script", attr("src", "/assets/live.js"), attr("defer", "defer")));
        Html header = el("header", el("a", css("brand"), href("/"), "Mergeway"), el("nav", places));
        Html footer = el(
                "footer",
                "Everything here is read-only: a pull request is the only way to change anything. ",
                el("a", href("/openapi.yaml"), "API"));
        Html body = el("body", attr("data-live", live), header, el("main", main), footer);
        return Html.all(Html.safe("<!doctype html>\n"), el("html", attr("lang", "en"), head, body), "\n");
    }

    /** A page that says why there is none. */
    static Html refused(int status, String detail) {
        return page(
                Answer.title(status),
                "",
                "",
                el("h1", Answer.title(status)),
                el("p", detail),
                el("p", el("a", href("/"), "Back to the environments")));
    }

    /** A table with a line of headings; a sentence instead where it has no rows. */
    static Html table(List<String> headings, List<Html> rows, String empty) {
        if (rows.isEmpty()) {
            return el("p", css("empty"), empty);
        }
        List<Html> heads = headings.stream().map(heading -> el("th", heading)).toList();
        return el("div", css("scroll"), el("table", el("thead", el("tr", heads)), el("tbody", rows)));
    }

    /** The link to the next page, where there is one. */
    static Html next(String path, String cursor) {
        if (cursor.isEmpty()) {
            return Html.NOTHING;
        }
        String url = path + (path.contains("?") ? "&" : "?") + "after=" + Url.part(cursor);
        return el("p", css("next"), el("a", href(url), "More →"));
    }

    /** A word with the colour of what it means. */
    static Html badge(String word) {
        String tone = switch (word) {
            case "Synced", "Healthy", "Succeeded", "ready", "created", "updated", "replaced", "deleted" -> "good";
            case "Progressing", "Running", "Queued", "started", "open" -> "busy";
            case "OutOfSync", "Held", "Suspended", "blocked" -> "warn";
            case "Degraded", "Missing", "Failed", "invalid", "failed" -> "bad";
            default -> "dull";
        };
        return el("span", css("badge " + tone), word);
    }
}

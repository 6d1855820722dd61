package dev.mergeway.reconciler.http;

import static dev.mergeway.reconciler.http.Html.css;
import static dev.mergeway.reconciler.http.Html.el;
import static dev.mergeway.reconciler.http.Html.href;

import dev.mergeway.reconciler.run.PullState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How pull requests look. */
final class PullViews {
    private PullViews() {}

    static Html table(List<PullState> states) {
        List<Html> rows = new ArrayList<>();
        for (PullState state : states) {
            String link = Url.pull(state.repository(), state.number());
            rows.add(el(
                    "tr",
                    el("td", el("a", href(link), state.repository() + " #" + state.number())),
                    el("td", el("a", href(link), state.title())),
                    el("td", state.author()),
                    el("td", verdict(state)),
                    el("td", counts(state))));
        }
        return Layout.table(List.of("Number", "Title", "Author", "Plan", "Changes"), rows, "No pull request is open.");
    }

    private static Html verdict(PullState state) {
        return Layout.badge(state.verdict().isEmpty() ? "being planned" : state.verdict());
    }

    /** The counts of the plan that are not zero, in words. */
    private static String counts(PullState state) {
        Map<String, Integer> summary = Json.numbers(state.plan(), "summary");
        List<String> words = new ArrayList<>();
        summary.forEach((action, count) -> {
            if (count > 0 && !action.equals("unchanged")) {
                words.add(count + " " + action);
            }
        });
        return words.isEmpty() && !summary.isEmpty() ? "nothing changes" : String.join(", ", words);
    }

    static Html whole(PullState state) {
        Html comment = state.comment().isEmpty()
                ? el("p", css("empty"), "The plan is being made.")
                : el("article", css("comment"), Markdown.html(state.comment()));
        Html plan = state.plan().isEmpty()
                ? Html.NOTHING
                : EnvironmentViews.fact(
                        "Plan",
                        el(
                                "a",
                                href("/api/v1" + Url.pull(state.repository(), state.number()) + "/plan.json"),
                                "as JSON"));
        return Html.all(
                el("h1", state.title(), el("small", " " + state.repository() + " #" + state.number())),
                el("p", css("badges"), Layout.badge(state.state()), verdict(state)),
                el(
                        "dl",
                        css("facts"),
                        EnvironmentViews.fact("Author", state.author()),
                        EnvironmentViews.fact("Branch", el("code", state.branch())),
                        EnvironmentViews.fact("Head", EnvironmentViews.commit(state.head())),
                        state.url().isEmpty()
                                ? Html.NOTHING
                                : EnvironmentViews.fact("Discuss", el("a", href(state.url()), "on the forge")),
                        plan),
                comment);
    }
}

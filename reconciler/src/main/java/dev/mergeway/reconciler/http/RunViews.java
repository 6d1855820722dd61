package dev.mergeway.reconciler.http;

import static dev.mergeway.reconciler.http.Html.css;
import static dev.mergeway.reconciler.http.Html.el;
import static dev.mergeway.reconciler.http.Html.href;

import dev.mergeway.reconciler.run.RunRecord;
import java.util.ArrayList;
import java.util.List;

/** How runs look. */
final class RunViews {
    private RunViews() {}

    static Html table(List<RunRecord> runs) {
        List<Html> rows = new ArrayList<>();
        for (RunRecord run : runs) {
            rows.add(el(
                    "tr",
                    el("td", el("a", href(Url.run(run.id())), Times.at(run.started()))),
                    el("td", run.kind()),
                    el("td", about(run)),
                    el("td", Layout.badge(run.state().label())),
                    el("td", Times.between(run.started(), run.finished())),
                    el("td", run.message())));
        }
        return Layout.table(
                List.of("Started", "What", "About", "State", "Took", ""), rows, "Nothing has happened yet.");
    }

    private static Html about(RunRecord run) {
        List<Html> parts = new ArrayList<>();
        if (!run.environment().isEmpty()) {
            parts.add(el("a", href(Url.environment(run.environment())), run.environment()));
        }
        Integer pull = run.pull();
        if (pull != null) {
            parts.add(Html.all(
                    parts.isEmpty() ? "" : ", ",
                    el("a", href(Url.pull(run.repository(), pull)), run.repository() + " #" + pull)));
        }
        return parts.isEmpty() ? Html.text(run.repository()) : Html.all(parts);
    }

    static Html whole(RunRecord run) {
        List<Html> rows = new ArrayList<>();
        for (RunRecord.Step step : run.steps()) {
            rows.add(el(
                    "tr",
                    el("td", step.action()),
                    el("td", step.resource()),
                    el("td", Layout.badge(step.result())),
                    el("td", step.message())));
        }
        return Html.all(
                el("h1", "Run ", el("small", run.kind() + " " + run.id())),
                el("p", css("badges"), Layout.badge(run.state().label())),
                run.message().isEmpty() ? Html.NOTHING : el("p", css("message"), run.message()),
                el(
                        "dl",
                        css("facts"),
                        EnvironmentViews.fact("About", about(run)),
                        EnvironmentViews.fact("Revision", EnvironmentViews.commit(run.revision())),
                        EnvironmentViews.fact("Started", Times.at(run.started())),
                        EnvironmentViews.fact("Took", Times.between(run.started(), run.finished()))),
                el("h2", "Steps"),
                Layout.table(List.of("Action", "Resource", "Result", ""), rows, "No resource was touched."));
    }
}

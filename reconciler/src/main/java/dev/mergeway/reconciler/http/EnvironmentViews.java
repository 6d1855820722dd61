package dev.mergeway.reconciler.http;

import static dev.mergeway.reconciler.http.Html.attr;
import static dev.mergeway.reconciler.http.Html.css;
import static dev.mergeway.reconciler.http.Html.el;
import static dev.mergeway.reconciler.http.Html.href;

import dev.mergeway.reconciler.run.EnvironmentState;
import dev.mergeway.reconciler.run.ResourceState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How environments and their resources look. */
final class EnvironmentViews {
    private EnvironmentViews() {}

    static Html table(List<EnvironmentState> states) {
        List<Html> rows = new ArrayList<>();
        for (EnvironmentState state : states) {
            rows.add(el(
                    "tr",
                    el("td", el("a", href(Url.environment(state.name())), state.name())),
                    el("td", state.team()),
                    el("td", state.tier()),
                    el("td", Layout.badge(state.sync().label())),
                    el("td", Layout.badge(state.health().label())),
                    el("td", Times.until(state.expires())),
                    el("td", state.message())));
        }
        return Layout.table(
                List.of("Name", "Team", "Tier", "Sync", "Health", "Expires", ""),
                rows,
                "There is no environment yet. Merge a pull request that adds a file of kind Environment.");
    }

    static Html head(EnvironmentState state, int resources) {
        Html run = state.lastRun().isEmpty()
                ? Html.NOTHING
                : fact("Last run", el("a", href(Url.run(state.lastRun())), state.lastRun()));
        return Html.all(
                el("h1", state.name()),
                el(
                        "p",
                        css("badges"),
                        Layout.badge(state.sync().label()),
                        Layout.badge(state.health().label())),
                state.message().isEmpty() ? Html.NOTHING : el("p", css("message"), state.message()),
                el(
                        "dl",
                        css("facts"),
                        fact("Team", state.team().isEmpty() ? "nobody named" : state.team()),
                        fact("Tier", state.tier()),
                        fact("Declared in", state.repository()),
                        fact("Applied", commit(Shapes.revision(state))),
                        fact("Expires", Times.until(state.expires())),
                        fact("Resources", resources),
                        run));
    }

    static Html fact(String name, Object value) {
        return el("div", el("dt", name), el("dd", value));
    }

    static Html commit(@Nullable String commit) {
        return commit == null || commit.isEmpty()
                ? Html.text("nothing yet")
                : el("code", attr("title", commit), commit.substring(0, Math.min(10, commit.length())));
    }

    static Html resources(List<ResourceState> states) {
        List<Html> rows = new ArrayList<>();
        for (ResourceState state : states) {
            String namespace = state.key().namespace();
            rows.add(el(
                    "tr",
                    el("td", attr("title", state.key().type()), state.key().kind()),
                    el(
                            "td",
                            el("strong", state.key().name()),
                            namespace.isEmpty() ? Html.NOTHING : el("small", " in " + namespace)),
                    el("td", Layout.badge(state.sync().label())),
                    el("td", Layout.badge(state.health().status().label())),
                    el("td", el("code", state.file() + ":" + state.line()), el("small", " of " + state.repository())),
                    el("td", Shapes.message(state))));
        }
        return Layout.table(
                List.of("Kind", "Name", "Sync", "Health", "Comes from", ""), rows, "No resource is managed here yet.");
    }
}

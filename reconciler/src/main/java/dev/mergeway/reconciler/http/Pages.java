package dev.mergeway.reconciler.http;

import static dev.mergeway.reconciler.http.Html.css;
import static dev.mergeway.reconciler.http.Html.el;
import static dev.mergeway.reconciler.http.Html.href;

import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.reconciler.port.Ledger.Filter;
import dev.mergeway.reconciler.port.Ledger.Page;
import dev.mergeway.reconciler.run.EnvironmentState;
import dev.mergeway.reconciler.run.PullState;
import dev.mergeway.reconciler.run.ResourceState;
import dev.mergeway.reconciler.run.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The pages: each reads what it shows and hands it to what lays it out. All work without JavaScript. */
final class Pages {
    private static final int RECENT = 10;

    private final Ledger ledger;
    private final KindCatalogue kinds;

    Pages(HttpParts parts) {
        this.ledger = parts.ledger();
        this.kinds = parts.kinds();
    }

    Answer overview(Call call) throws Refusal {
        Page<EnvironmentState> page = Api.page(call, ledger::environments);
        Page<PullState> pulls = ledger.pulls("", RECENT);
        Html more = pulls.next().isEmpty() ? Html.NOTHING : el("p", el("a", href("/pulls"), "All pull requests →"));
        return Answer.html(
                200,
                Layout.page(
                        "Environments",
                        "/",
                        "environment pull",
                        el("h1", "Environments"),
                        EnvironmentViews.table(page.items()),
                        Layout.next("/", page.next()),
                        el("h2", "Open pull requests"),
                        PullViews.table(pulls.items()),
                        more));
    }

    Answer environment(Call call) throws Refusal {
        String name = call.name("name");
        EnvironmentState state = ledger.environment(name)
                .orElseThrow(() -> Refusal.notFound("There is no environment called '" + name + "'."));
        String status = call.query("status");
        Page<ResourceState> resources =
                Api.page(call, (after, limit) -> ledger.resources(new Filter(name, "", status), after, limit));
        Page<RunRecord> runs = ledger.runs(name, "", RECENT);
        String here = Url.environment(name) + (status.isEmpty() ? "" : "?status=" + Url.part(status));
        return Answer.html(
                200,
                Layout.page(
                        name,
                        "/",
                        "environment resource run",
                        EnvironmentViews.head(state, ledger.count(name)),
                        el("h2", "Resources"),
                        EnvironmentViews.resources(resources.items()),
                        Layout.next(here, resources.next()),
                        el("h2", "What happened last"),
                        RunViews.table(runs.items())));
    }

    Answer pulls(Call call) throws Refusal {
        Page<PullState> page = Api.page(call, ledger::pulls);
        return Answer.html(
                200,
                Layout.page(
                        "Pull requests",
                        "/pulls",
                        "pull",
                        el("h1", "Open pull requests"),
                        PullViews.table(page.items()),
                        Layout.next("/pulls", page.next())));
    }

    Answer pull(Call call) throws Refusal {
        PullState state = Found.pull(ledger, call);
        return Answer.html(
                200, Layout.page(state.repository() + " #" + state.number(), "/pulls", "pull", PullViews.whole(state)));
    }

    Answer runs(Call call) throws Refusal {
        String environment = call.query("environment");
        Page<RunRecord> page = Api.page(call, (after, limit) -> ledger.runs(environment, after, limit));
        String here = "/runs" + (environment.isEmpty() ? "" : "?environment=" + Url.part(environment));
        return Answer.html(
                200,
                Layout.page(
                        "History",
                        "/runs",
                        "run",
                        el("h1", environment.isEmpty() ? "History" : "History of " + environment),
                        RunViews.table(page.items()),
                        Layout.next(here, page.next())));
    }

    Answer run(Call call) throws Refusal {
        RunRecord run = Found.run(ledger, call);
        return Answer.html(200, Layout.page("Run " + run.id(), "/runs", "run", RunViews.whole(run)));
    }

    Answer kinds(Call call) {
        List<Html> cards = new ArrayList<>();
        for (KindCatalogue.Kind kind : kinds.kinds()) {
            cards.add(el("li", css("card"), KindViews.card(kind)));
        }
        return Answer.html(
                200,
                Layout.page(
                        "What you can ask for",
                        "/kinds",
                        "",
                        el("h1", "What you can ask for"),
                        el("p", "Write one of these into a YAML file and open a pull request with it."),
                        el("ul", css("cards"), cards)));
    }

    Answer kind(Call call) throws Refusal {
        Map<String, Object> schema = Found.schema(kinds, call);
        String name = call.name("kind");
        KindCatalogue.Kind kind = kinds.kinds().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(new KindCatalogue.Kind(name, "", "", "", ""));
        return Answer.html(200, Layout.page(name, "/kinds", "", KindViews.whole(kind, schema)));
    }
}

package dev.mergeway.reconciler.http;

import static dev.mergeway.reconciler.http.Html.css;
import static dev.mergeway.reconciler.http.Html.el;
import static dev.mergeway.reconciler.http.Html.href;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How kinds look. */
final class KindViews {
    private KindViews() {}

    static Html card(KindCatalogue.Kind kind) {
        return Html.all(
                el("h2", el("a", href(Url.kind(kind.name())), kind.name())),
                el("p", kind.description()),
                el("p", css("small"), origin(kind)));
    }

    private static String origin(KindCatalogue.Kind kind) {
        List<String> words = new ArrayList<>();
        words.add(kind.team().isEmpty() ? "comes with Mergeway" : "offered by " + kind.team());
        if (!kind.version().isEmpty()) {
            words.add("version " + kind.version());
        }
        if (!kind.type().isEmpty()) {
            words.add("also as a resource of type " + kind.type());
        }
        return String.join(", ", words);
    }

    static Html whole(KindCatalogue.Kind kind, Map<String, Object> schema) {
        List<Html> rows = new ArrayList<>();
        for (SchemaFields.Field field : SchemaFields.of(schema)) {
            rows.add(el(
                    "tr",
                    el("td", el("code", field.path()), field.required() ? el("small", " required") : Html.NOTHING),
                    el("td", field.type()),
                    el("td", field.defaultValue().isEmpty() ? Html.NOTHING : el("code", field.defaultValue())),
                    el("td", field.description())));
        }
        Html examples = SchemaFields.examples(schema).stream()
                .map(example -> el("pre", el("code", example)))
                .reduce(Html.NOTHING, (one, other) -> Html.all(one, other));
        return Html.all(
                el("h1", kind.name()),
                el("p", kind.description()),
                el("p", css("small"), origin(kind)),
                el("h2", "Fields"),
                Layout.table(
                        List.of("Field", "Type", "Default", "What it means"),
                        rows,
                        "This kind has no fields of its own."),
                examples.toString().isEmpty() ? Html.NOTHING : Html.all(el("h2", "Examples"), examples),
                el(
                        "p",
                        el(
                                "a",
                                href("/api/v1/kinds/" + Url.part(kind.name()) + "/schema"),
                                "JSON Schema of this kind")));
    }
}

package dev.mergeway.schema;

import dev.mergeway.schema.model.Blueprint;
import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Spec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A document of kind Blueprint that its schema accepts to its record. */
final class CheckedBlueprint {
    private static final Map<String, Object> NO_PARAMETERS = Map.of("type", "object", "additionalProperties", false);

    private CheckedBlueprint() {}

    static Blueprint of(Document document) {
        Spec spec = Checked.spec("Blueprint", document);
        Map<String, Object> body = spec.body();
        Map<String, Object> provides = Checked.map(body.get("provides"));
        Object version = Checked.map(document.root().get("metadata")).get("version");
        return new Blueprint(
                spec,
                Checked.text(version, "0.0.0"),
                orNull(provides.get("kind")),
                orNull(provides.get("type")),
                Checked.text(provides.get("class"), "default"),
                body.containsKey("parameters") ? Checked.map(body.get("parameters")) : NO_PARAMETERS,
                templates(Checked.map(body.get("resources"))),
                outputs(Checked.map(body.get("outputs"))),
                monthlyUsd(Checked.map(body.get("price")).get("monthlyUsd")),
                Checked.maps(body.get("examples")).stream()
                        .map(example -> Checked.map(example.get("params")))
                        .toList());
    }

    private static @Nullable String orNull(@Nullable Object value) {
        return value instanceof String text ? text : null;
    }

    /** A constant price is an expression too. */
    private static @Nullable String monthlyUsd(@Nullable Object price) {
        return price instanceof Number number ? "${" + number.doubleValue() + "}" : orNull(price);
    }

    private static List<Blueprint.Template> templates(Map<String, Object> resources) {
        List<Blueprint.Template> templates = new ArrayList<>();
        resources.forEach((id, value) -> templates.add(template(id, Checked.map(value))));
        return templates;
    }

    private static Blueprint.Template template(String id, Map<String, Object> resource) {
        boolean aws = resource.containsKey("aws");
        return new Blueprint.Template(
                id,
                aws ? "aws" : "kubernetes",
                aws ? Checked.text(resource.get("aws"), "") : "",
                Checked.map(resource.get(aws ? "properties" : "kubernetes")),
                Checked.strings(resource.get("when")),
                Checked.texts(resource.get("forEach")),
                Checked.strings(resource.get("dependsOn")),
                Checked.strings(resource.get("ready")),
                Boolean.TRUE.equals(resource.get("stateful")));
    }

    private static Map<String, Blueprint.Output> outputs(Map<String, Object> outputs) {
        Map<String, Blueprint.Output> read = new LinkedHashMap<>();
        outputs.forEach((name, value) -> {
            Map<String, Object> output = Checked.map(value);
            Object given = output.get("value");
            read.put(
                    name,
                    new Blueprint.Output(
                            Checked.text(output.get("type"), "string"),
                            given == null ? "" : given,
                            Boolean.TRUE.equals(output.get("secret")),
                            Checked.text(output.get("description"), "")));
        });
        return Collections.unmodifiableMap(read);
    }
}

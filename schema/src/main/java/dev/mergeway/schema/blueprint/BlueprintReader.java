package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.model.Blueprint;
import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Spec;
import dev.mergeway.schema.model.Trees;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a document of kind Blueprint, which its schema accepted, into its record. */
public final class BlueprintReader {
    private static final Map<String, Object> NO_PARAMETERS = Map.of("type", "object", "additionalProperties", false);

    private BlueprintReader() {}

    /** The blueprint of a document. */
    public static Blueprint of(Document document) {
        Spec spec = Spec.of("Blueprint", document);
        Map<String, Object> body = spec.body();
        Map<String, Object> provides = Trees.map(body.get("provides"));
        Object version = Trees.map(document.root().get("metadata")).get("version");
        return new Blueprint(
                spec,
                Trees.text(version, "0.0.0"),
                Trees.text(provides.get("kind")),
                Trees.text(provides.get("type")),
                Trees.text(provides.get("class"), "default"),
                body.containsKey("parameters") ? Trees.map(body.get("parameters")) : NO_PARAMETERS,
                templates(Trees.map(body.get("resources"))),
                outputs(Trees.map(body.get("outputs"))),
                monthlyUsd(Trees.map(body.get("price")).get("monthlyUsd")),
                Trees.maps(body.get("examples")).stream()
                        .map(example -> Trees.map(example.get("params")))
                        .toList());
    }

    /** A constant price is an expression too. */
    private static @Nullable String monthlyUsd(@Nullable Object price) {
        return price instanceof Number number ? "${" + number.doubleValue() + "}" : Trees.text(price);
    }

    private static List<Blueprint.Template> templates(Map<String, Object> resources) {
        List<Blueprint.Template> templates = new ArrayList<>();
        resources.forEach((id, value) -> templates.add(template(id, Trees.map(value))));
        return templates;
    }

    private static Blueprint.Template template(String id, Map<String, Object> resource) {
        boolean aws = resource.containsKey("aws");
        return new Blueprint.Template(
                id,
                aws ? "aws" : "kubernetes",
                aws ? Trees.text(resource.get("aws"), "") : "",
                Trees.map(resource.get(aws ? "properties" : "kubernetes")),
                Trees.strings(resource.get("when")),
                Trees.texts(resource.get("forEach")),
                Trees.strings(resource.get("dependsOn")),
                Trees.strings(resource.get("ready")),
                Boolean.TRUE.equals(resource.get("stateful")));
    }

    private static Map<String, Blueprint.Output> outputs(Map<String, Object> outputs) {
        Map<String, Blueprint.Output> read = new LinkedHashMap<>();
        outputs.forEach((name, value) -> {
            Map<String, Object> output = Trees.map(value);
            Object given = output.get("value");
            read.put(
                    name,
                    new Blueprint.Output(
                            Trees.text(output.get("type"), "string"),
                            given == null ? "" : given,
                            Boolean.TRUE.equals(output.get("secret")),
                            Trees.text(output.get("description"), "")));
        });
        return Collections.unmodifiableMap(read);
    }
}

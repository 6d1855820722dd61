package dev.mergeway.reconciler.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The OpenAPI description, as the judge of answers. */
final class ApiDescription {
    private final Map<?, ?> root;

    private ApiDescription(Map<?, ?> root) {
        this.root = root;
    }

    static ApiDescription of(String yaml) {
        Load load = new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build());
        return new ApiDescription((Map<?, ?>) load.loadFromString(yaml));
    }

    Set<String> paths() {
        Set<String> paths = new TreeSet<>();
        ((Map<?, ?>) there(root, "paths")).keySet().forEach(path -> paths.add(String.valueOf(path)));
        return paths;
    }

    /** Fails unless the answer's status and type are described and its body validates. */
    void check(String method, String path, HttpResponse<String> answer) {
        Map<?, ?> responses = (Map<?, ?>) there(root, "paths", path, method, "responses");
        Object response = responses.get(String.valueOf(answer.statusCode()));
        assertThat(response)
                .as(method + " " + path + " " + answer.statusCode() + " is described")
                .isNotNull();
        if (at(response, "$ref") instanceof String reference) {
            response = at(root, (Object[]) reference.substring(2).split("/"));
        }
        String type = answer.headers().firstValue("Content-Type").orElse("").split(";")[0];
        Object content = at(response, "content", type);
        assertThat(content).as(path + " answers " + type).isNotNull();
        if (type.endsWith("json")) {
            validate(there(content, "schema"), answer.body());
        }
    }

    private void validate(Object schema, String body) {
        Map<Object, Object> whole = new HashMap<>((Map<?, ?>) schema);
        whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        whole.put("components", there(root, "components"));
        Schema compiled = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Json.text(whole), InputFormat.JSON);
        assertThat(compiled.validate(
                        body,
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))))
                .as(body)
                .isEmpty();
    }

    private static Object there(@Nullable Object tree, Object... path) {
        return Objects.requireNonNull(at(tree, path), () -> "not described: " + List.of(path));
    }

    private static @Nullable Object at(@Nullable Object tree, Object... path) {
        @Nullable Object found = tree;
        for (Object part : path) {
            found = found instanceof Map<?, ?> map ? map.get(part) : null;
        }
        return found;
    }
}

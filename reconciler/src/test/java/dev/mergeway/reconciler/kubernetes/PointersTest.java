package dev.mergeway.reconciler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointersTest {
    private static final Map<String, Object> TREE = Map.of(
            "metadata",
            Map.of("labels", Map.of("app.kubernetes.io/name", "x"), "annotations", Map.of("a.b", "1")),
            "data",
            Map.of("a", "1", "a.b", "2"),
            "spec",
            Map.of(
                    "containers",
                    List.of(Map.of("name", "side"), Map.of("name", "main", "image", "nginx")),
                    "ports",
                    List.of(Map.of("port", 53L, "protocol", "UDP"), Map.of("port", 53L)),
                    "args",
                    List.of("x", "y")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            .spec.containers[name="main"].image      | /spec/containers/1/image
            spec.containers[1].image                 | /spec/containers/1/image
            spec.containers[7].image                 | /spec/containers
            .spec.ports[port=53,protocol="TCP"]      | /spec/ports/1
            .spec.ports[port=53,protocol="UDP"]      | /spec/ports/0
            .spec.args["y"]                          | /spec/args/1
            .metadata.labels.app.kubernetes.io/name  | /metadata/labels/app.kubernetes.io~1name
            data[a.b]                                | /data/a.b
            .data.a.b                                | /data/a.b
            .data.a                                  | /data/a
            spec.unheard.of                          | /spec/unheard/of
            ''                                       | ''
            """)
    void followsThePathsOfTheServer(String path, String pointer) {
        assertThat(Pointers.of(path, TREE)).isEqualTo(pointer);
    }
}

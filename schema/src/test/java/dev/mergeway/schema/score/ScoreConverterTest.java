package dev.mergeway.schema.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Severity;
import dev.mergeway.schema.model.Spec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreConverterTest {
    private static final String WHOLE = """
            apiVersion: score.dev/v1b1
            metadata:
              name: checkout
              annotations: { tags: web, mergeway.dev/environment: shop-dev }
              labels: { tier: web }
            containers:
              main:
                image: busybox
                command: [/bin/sh]
                variables: { DB: "${resources.db.host}" }
                files:
                  /etc/a: { content: "costs $5, see ${x}", noExpand: true, mode: "0600" }
                  /etc/b: { content: "${metadata.name}" }
                volumes:
                  /data: { source: "${resources.data}", readOnly: true }
            service: { ports: { www: { port: 80, targetPort: 8080 } } }
            resources:
              db: { type: postgres, params: { storageGb: 20 } }
              data: { type: volume }
            """;

    @Test
    void aWorkloadIsADeployment() {
        Converted converted = convert(WHOLE);
        Spec spec = converted.spec().orElseThrow();
        assertThat(converted.findings()).isEmpty();
        assertThat(spec.kind()).isEqualTo("Deployment");
        assertThat(spec.metadata().name()).isEqualTo("checkout");
        assertThat(spec.metadata().environment()).isEqualTo("shop-dev");
        assertThat(spec.metadata().annotations()).containsOnly(Map.entry("tags", "web"));
        assertThat(spec.metadata().labels()).containsOnly(Map.entry("tier", "web"));
        assertThat(spec.body().keySet()).containsExactly("containers", "service", "resources");
        assertThat(at(spec, "/containers/main/variables/DB")).isEqualTo("${resources.db.host}");
        assertThat(at(spec, "/service/ports/www/targetPort")).isEqualTo(8080);
        assertThat(at(spec, "/resources/db/params/storageGb")).isEqualTo(20);
    }

    @Test
    void filesStayAsTheyAre() {
        Spec spec = convert(WHOLE).spec().orElseThrow();
        assertThat(at(spec, "/containers/main/files/~1etc~1a"))
                .isEqualTo(Map.of("content", "costs $5, see ${x}", "noExpand", true, "mode", "0600"));
    }

    @Test
    void theOlderListsBecomeMapsAndPointBackIntoTheLists() {
        Spec spec = convert("""
                        apiVersion: score.dev/v1b1
                        metadata: { name: old }
                        containers:
                          main:
                            image: busybox
                            files:
                              - { target: /etc/a, content: [one, two] }
                              - { target: /etc/b, source: b.txt }
                            volumes:
                              - { target: /data, source: "${resources.data}", path: sub }
                        """).spec().orElseThrow();
        assertThat(at(spec, "/containers/main/files/~1etc~1a")).isEqualTo(Map.of("content", "one\ntwo"));
        assertThat(at(spec, "/containers/main/files/~1etc~1b")).isEqualTo(Map.of("source", "b.txt"));
        assertThat(at(spec, "/containers/main/volumes/~1data"))
                .isEqualTo(Map.of("source", "${resources.data}", "path", "sub"));
        assertThat(spec.documentPointer("/containers/main/files/~1etc~1b/source"))
                .isEqualTo("/containers/main/files/1/source");
        assertThat(spec.documentPointer("/containers/main/volumes/~1data")).isEqualTo("/containers/main/volumes/0");
        assertThat(spec.documentPointer("/containers/main/image")).isEqualTo("/containers/main/image");
        assertThat(spec.documentPointer("/replicas")).isEqualTo("");
    }

    @Test
    void whatCannotBeHonouredIsSaid() {
        List<Finding> findings = convert("""
                        apiVersion: score.dev/v1b1
                        metadata: { name: 9to5, owner: me }
                        containers:
                          main:
                            image: .
                            files: [ { target: /a, content: x }, { target: /a, content: y } ]
                        service: { ports: { www: { port: 80 } } }
                        resources: { db: { type: postgres, metadata: { note: x } } }
                        """).findings();
        assertThat(findings)
                .extracting(finding -> finding.severity() + " " + finding.rule() + " " + finding.pointer())
                .containsExactlyInAnyOrder(
                        "ERROR score/name /metadata/name",
                        "WARNING score/not-used /metadata/owner",
                        "ERROR score/image /containers/main/image",
                        "ERROR score/duplicate-target /containers/main/files/1/target",
                        "WARNING score/not-used /resources/db/metadata");
        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.message()).isNotBlank();
            assertThat(finding.hint()).isNotBlank();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metadata: 1",
                "metadata: { name: [x] }",
                "metadata: { name: x, annotations: [1], labels: { a: 1 } }\ncontainers: [a]",
                "metadata: { name: x }\ncontainers: { a: 1, b: { files: 1, volumes: [1, { target: 2 }] }, c: { image: } }",
                "metadata: { name: x }\ncontainers: { a: { files: { /x: 1, /y: { content: 5, source: } } } }",
                "metadata: { name: x }\nservice: []\nresources: { a: 1, b: { type: 1, metadata: 3, params: [ ] } }"
            })
    void aWrongShapeIsTheSchemasToSayAndNeverThrows(String yaml) {
        assertThat(convert(yaml).findings()).noneMatch(finding -> finding.severity() == Severity.ERROR);
    }

    private static Converted convert(String yaml) {
        return new ScoreConverter().convert(Scores.document(yaml));
    }

    private static @org.jspecify.annotations.Nullable Object at(Spec spec, String pointer) {
        return Scores.at(spec.body(), pointer);
    }
}

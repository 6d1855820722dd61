package dev.mergeway.schema;

import dev.mergeway.schema.blueprint.Manifest;
import dev.mergeway.schema.blueprint.Paths;
import dev.mergeway.schema.document.DocumentReader;
import dev.mergeway.schema.document.Documents;
import dev.mergeway.schema.document.Limits;
import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Files;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Severity;
import dev.mergeway.schema.model.Spec;
import dev.mergeway.schema.model.SpecKey;
import dev.mergeway.schema.model.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one kind whose expansion is built in: a folder of plain Kubernetes YAML. Used for one spec. */
final class ManifestsExpansion {
    /** The kind. */
    static final String KIND = "Manifests";

    /** Most files of one folder: each is read and checked at every plan. */
    private static final int MAX_FILES = 1_000;

    private final Environment environment;
    private final Spec spec;
    private final Files files;
    private final PlainYaml yaml;
    private final List<Finding> findings = new ArrayList<>();
    private final List<ConcreteResource> resources = new ArrayList<>();

    /** @param yaml what the environment's folders brought along so far */
    ManifestsExpansion(Environment environment, Spec spec, Files files, PlainYaml yaml) {
        this.environment = environment;
        this.spec = spec;
        this.files = files;
        this.yaml = yaml;
    }

    /** What is wrong with the folder and its files. */
    List<Finding> findings() {
        return findings;
    }

    /** The objects; none where any of them has an error, so that a folder is applied whole or not at all. */
    List<ConcreteResource> resources() {
        Object path = spec.body().get("path");
        Optional<String> folder = path instanceof String text
                ? Paths.within(Placement.folder(spec.document().file()), text)
                : Optional.empty();
        Optional<String> target = Optional.ofNullable(environment.targets().get("kubernetes"));
        if (folder.isEmpty()) {
            finding(
                    "/path",
                    "manifests/path",
                    "'" + path + "' is no folder within the repository",
                    "name a folder relative to the one of this file, such as ./k8s");
        } else if (target.isEmpty()) {
            finding(
                    "",
                    "environment/no-target",
                    "this needs Kubernetes, and environment '" + environment.name() + "' has no target for it",
                    "add kubernetes to spec.targets of the environment");
        } else {
            folder(folder.get(), target.get());
        }
        return findings.stream().anyMatch(Finding::isError) ? List.of() : Manifest.linked(resources);
    }

    private void folder(String folder, String target) {
        List<String> paths = files.below(folder, SpecReader::isSpecFile);
        if (paths.isEmpty()) {
            finding("/path", "manifests/path", "there are no .yaml or .yml files in '" + folder + "'", "");
        } else if (paths.size() > MAX_FILES) {
            finding(
                    "/path",
                    "manifests/path",
                    "'" + folder + "' has " + paths.size() + " YAML files; at most " + MAX_FILES + " can be taken",
                    "split it into several Manifests");
        } else {
            for (String path : paths) {
                Optional<byte[]> content = files.read(path);
                if (content.isEmpty()) {
                    finding("/path", "manifests/path", "'" + path + "' is too large to be read", "");
                } else if (yaml.takes(content.get().length)) {
                    file(path, content.get(), target);
                } else {
                    finding(
                            "/path",
                            "manifests/path",
                            "with '" + path + "' environment '" + environment.name() + "' brings along more than "
                                    + (PlainYaml.MOST >> 20) + " MiB of plain YAML",
                            "take what is not needed out of the folder, or put it into another environment");
                    return;
                }
            }
        }
    }

    private void file(String path, byte[] content, String target) {
        Documents read = new DocumentReader(Limits.DEFAULT).read(path, content);
        findings.addAll(read.findings());
        for (Document document : read.documents()) {
            document(document, document.root(), "", target);
        }
    }

    private void document(Document document, Map<String, Object> root, String at, String target) {
        if (root.get("items") instanceof List<?> items
                && String.valueOf(root.get("kind")).endsWith("List")) {
            for (int index = 0; index < items.size(); index++) {
                document(document, Trees.map(items.get(index)), at + "/items/" + index, target);
            }
            return;
        }
        SpecKey key =
                new SpecKey(environment.name(), spec.kind(), spec.metadata().name());
        Manifest.of(document, root, at, environment.name(), findings)
                .map(manifest -> manifest.resource(target, key))
                .ifPresent(resources::add);
    }

    private void finding(String pointer, String rule, String message, String hint) {
        findings.add(spec.finding(Severity.ERROR, pointer, rule, message, hint));
    }
}

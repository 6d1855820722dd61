package dev.mergeway.schema;

import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.FindingRule;
import dev.mergeway.schema.model.Severity;
import dev.mergeway.schema.validate.Nearest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides by {@code apiVersion} and {@code kind} whose a document is.
 *
 * @param owner whose it is
 * @param kind the kind that it is read as; for a misspelt one the nearest, "" where there is none
 * @param findings what is wrong with apiVersion and kind
 */
record Dispatch(Owner owner, String kind, List<Finding> findings) {
    static final String API_VERSION = "mergeway.dev/v1";
    static final String SCORE = "score.dev/v1b1";
    private static final List<String> API_VERSIONS = List.of(API_VERSION, SCORE);

    /** Kinds of the Kubernetes core, whose apiVersion is a bare {@code v1}. */
    private static final Set<String> KUBERNETES = Set.of(
            "ConfigMap",
            "Secret",
            "Service",
            "Pod",
            "Namespace",
            "ServiceAccount",
            "PersistentVolumeClaim",
            "PersistentVolume",
            "ResourceQuota",
            "LimitRange",
            "Endpoints",
            "List",
            "ReplicationController",
            "Node",
            "Event");

    /** Who reads a document. */
    enum Owner {
        MERGEWAY,
        SCORE,
        NOBODY
    }

    static Dispatch of(Document document, Kinds kinds) {
        Object apiVersion = document.root().get("apiVersion");
        Object kind = document.root().get("kind");
        if (apiVersion == null && kind == null && !looksOurs(document)) {
            return nobody(foreign(document));
        }
        if (!(apiVersion instanceof String version) || version.isBlank()) {
            // Missing or of the wrong type: the schema of the kind says so.
            return ofKind(document, kinds, List.of());
        }
        if (version.equals(API_VERSION)) {
            return ofKind(document, kinds, List.of());
        }
        if (version.equals(SCORE)) {
            return new Dispatch(Owner.SCORE, "Deployment", List.of());
        }
        return otherVersion(document, kinds, version);
    }

    private static Dispatch otherVersion(Document document, Kinds kinds, String version) {
        String group = version.contains("/") ? version.substring(0, version.indexOf('/')) : version;
        boolean ours = Nearest.of(group, List.of("mergeway.dev", "mergeway", "score.dev"))
                        .isPresent()
                || Nearest.of(version, API_VERSIONS).isPresent();
        String kind = document.root().get("kind") instanceof String text ? text : "";
        boolean bare = !version.contains("/") && kinds.has(kind) && !KUBERNETES.contains(kind);
        if (!ours && !bare) {
            return nobody(kubernetes(document, version, kind, kinds));
        }
        boolean score = Nearest.of(group, List.of("score.dev")).isPresent();
        Finding finding = document.finding(
                Severity.ERROR,
                "/apiVersion",
                FindingRule.SPEC_API_VERSION.id(),
                "There is no apiVersion '" + cut(version) + "'.",
                "Write " + (score ? SCORE : API_VERSION) + ".");
        return score ? nobody(finding) : ofKind(document, kinds, List.of(finding));
    }

    private static Dispatch ofKind(Document document, Kinds kinds, List<Finding> before) {
        Object kind = document.root().get("kind");
        if (!(kind instanceof String name)) {
            return new Dispatch(Owner.MERGEWAY, "", concat(before, noKind(document, kind, kinds)));
        }
        if (kinds.has(name)) {
            return new Dispatch(Owner.MERGEWAY, name, before);
        }
        Optional<String> near = Nearest.of(name, kinds.names());
        String list = "Kinds: " + String.join(", ", kinds.names()) + ".";
        Finding finding = document.finding(
                Severity.ERROR,
                "/kind",
                FindingRule.SPEC_KIND.id(),
                "There is no kind '" + cut(name) + "'.",
                near.map(meant -> "Did you mean '" + meant + "'?").orElse(list));
        return new Dispatch(Owner.MERGEWAY, near.orElse(""), concat(before, finding));
    }

    private static Finding noKind(Document document, @Nullable Object kind, Kinds kinds) {
        String list = "Kinds: " + String.join(", ", kinds.names()) + ".";
        Optional<String> misspelt = document.root().keySet().stream()
                .filter(key -> !key.equals("kind"))
                .filter(key -> Nearest.of(key, List.of("kind")).isPresent())
                .findFirst();
        if (misspelt.isPresent()) {
            return document.finding(
                    Severity.ERROR,
                    "/" + misspelt.get().replace("~", "~0").replace("/", "~1"),
                    FindingRule.SCHEMA_UNKNOWN_FIELD.id(),
                    "The document has no field '" + cut(misspelt.get()) + "'.",
                    "Did you mean 'kind'?");
        }
        boolean there = document.root().containsKey("kind");
        return document.finding(
                Severity.ERROR,
                there ? "/kind" : "",
                (there ? FindingRule.SCHEMA_WRONG_TYPE : FindingRule.SCHEMA_MISSING_FIELD).id(),
                there
                        ? "'kind' must be the name of a kind" + (kind == null ? ", but is empty." : ".")
                        : "'kind' is missing: it says what the document asks for.",
                list);
    }

    /** Whether a document without apiVersion and kind was probably meant for us. */
    private static boolean looksOurs(Document document) {
        return document.root().keySet().stream()
                        .anyMatch(key ->
                                Nearest.of(key, List.of("apiVersion", "kind")).isPresent())
                || (document.root().containsKey("metadata") && document.root().containsKey("spec"));
    }

    private static Finding foreign(Document document) {
        return document.finding(
                Severity.WARNING,
                "",
                FindingRule.SPEC_FOREIGN.id(),
                "This is no spec: it has neither apiVersion nor kind, so it is ignored.",
                "If it should be one, begin it with 'apiVersion: " + API_VERSION + "' and 'kind: …'.");
    }

    private static Finding kubernetes(Document document, String version, String kind, Kinds kinds) {
        String own = kinds.has(kind) ? "for Mergeway's own " + kind + " write 'apiVersion: " + API_VERSION + "'; " : "";
        String hint = own + "plain Kubernetes YAML is applied by a spec of kind Manifests: 'spec: { path: FOLDER }'.";
        return document.finding(
                Severity.WARNING,
                "/apiVersion",
                FindingRule.SPEC_KUBERNETES.id(),
                "This is a plain object of " + cut(version) + (kind.isEmpty() ? "" : " (" + cut(kind) + ")")
                        + ", which is not applied by itself.",
                Character.toUpperCase(hint.charAt(0)) + hint.substring(1));
    }

    private static Dispatch nobody(Finding finding) {
        return new Dispatch(Owner.NOBODY, "", List.of(finding));
    }

    private static List<Finding> concat(List<Finding> before, Finding finding) {
        return before.isEmpty() ? List.of(finding) : List.of(before.getFirst(), finding);
    }

    private static String cut(String text) {
        String line = text.replaceAll("[\\s\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ");
        return line.length() <= 60 ? line : line.substring(0, 60) + "…";
    }
}

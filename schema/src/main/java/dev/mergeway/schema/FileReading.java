package dev.mergeway.schema;

import dev.mergeway.schema.blueprint.BlueprintReader;
import dev.mergeway.schema.document.Documents;
import dev.mergeway.schema.model.Blueprint;
import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.FindingRule;
import dev.mergeway.schema.model.Policy;
import dev.mergeway.schema.model.Severity;
import dev.mergeway.schema.model.Spec;
import dev.mergeway.schema.model.SpecKey;
import dev.mergeway.schema.score.Converted;
import dev.mergeway.schema.score.ScoreConverter;
import dev.mergeway.schema.validate.CompiledSchema;
import dev.mergeway.schema.validate.EngineSchemas;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The reading of one file: its documents one by one, each adding what it holds and what is wrong with it. */
final class FileReading {
    private static final Set<String> OFFERS = Set.of("Blueprint", "Policy");

    /** Where a text says that a document is one of {@link #OFFERS}, in any of the ways to write that in YAML. */
    private static final Pattern OFFER =
            Pattern.compile("(?m)(?:^|[{,\\s])[\"']?kind[\"']?\\s*:\\s*[\"']?(?:Blueprint|Policy)\\b");

    private final String file;
    private final Kinds kinds;
    private final List<Environment> environments = new ArrayList<>();
    private final List<Spec> specs = new ArrayList<>();
    private final List<Blueprint> blueprints = new ArrayList<>();
    private final List<Policy> policies = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Finding> missing = new ArrayList<>();
    private final Map<SpecKey, Duplicates.Entry> declared = new HashMap<>();

    FileReading(String file, Kinds kinds) {
        this.file = file;
        this.kinds = kinds;
    }

    FileContent of(Documents documents, byte[] content) {
        findings.addAll(documents.findings());
        documents.documents().forEach(each -> read(each, documents.broken().contains(each.index())));
        unread(documents, content);
        findings.sort(Finding.ORDER);
        return new FileContent(file, environments, specs, blueprints, policies, findings, missing);
    }

    /** Notes blueprints and policies in documents whose text could not be read at all: there are more than were met. */
    private void unread(Documents documents, byte[] content) {
        Optional<Finding> first =
                documents.findings().stream().filter(Finding::isError).findFirst();
        if (first.isPresent()) {
            String text = new String(content, StandardCharsets.UTF_8);
            long met = blueprints.size() + policies.size() + missing.size();
            if (text.contains("mergeway.dev/") && OFFER.matcher(text).results().count() > met) {
                missing.add(first.get());
            }
        }
    }

    private void read(Document document, boolean broken) {
        Dispatch dispatch = Dispatch.of(document, kinds);
        findings.addAll(dispatch.findings());
        switch (dispatch.owner()) {
            case SCORE -> score(document, broken);
            case MERGEWAY -> ours(document, dispatch, broken);
            case NOBODY -> {}
        }
    }

    private void score(Document document, boolean brokenText) {
        List<Finding> wrong = Score.SCHEMA.check(document).stream()
                .filter(finding -> !saidOfText(finding))
                .toList();
        findings.addAll(wrong);
        Converted converted = Score.CONVERTER.convert(document);
        findings.addAll(converted.findings());
        boolean broken = brokenText
                || wrong.stream().anyMatch(Finding::isError)
                || converted.findings().stream().anyMatch(Finding::isError);
        converted.spec().filter(this::declare).filter(any -> !broken).ifPresent(specs::add);
    }

    /** Made when the first Score file is met: most repositories have none. */
    private static final class Score {
        private static final CompiledSchema SCHEMA = CompiledSchema.of(EngineSchemas.score());
        private static final ScoreConverter CONVERTER = new ScoreConverter();
    }

    private void ours(Document document, Dispatch dispatch, boolean brokenText) {
        List<Finding> wrong = schemaFindings(document, dispatch);
        findings.addAll(wrong);
        boolean broken =
                brokenText || !dispatch.findings().isEmpty() || wrong.stream().anyMatch(Finding::isError);
        Spec spec = Spec.of(dispatch.kind(), document);
        boolean known = !dispatch.kind().isEmpty() && !spec.metadata().name().isEmpty() && declare(spec);
        if ((broken || !known) && OFFERS.contains(dispatch.kind())) {
            missing.add(mistake(document));
        }
        if (!known) {
            return;
        }
        if (dispatch.kind().equals("Environment")) {
            Checked.environment(document).ifPresent(environments::add);
        } else if (!broken) {
            keep(dispatch.kind(), document, spec);
        }
    }

    /** The first mistake in a document; those of the documents after it are not known yet, or stand further down. */
    private Finding mistake(Document document) {
        return findings.stream()
                .filter(finding -> finding.isError() && finding.position().line() >= document.line())
                .min(Finding.ORDER)
                .orElseGet(() -> document.finding(
                        Severity.ERROR, "", FindingRule.SCHEMA_OTHER.id(), "The document cannot be used.", ""));
    }

    /** What the kind's schema finds, without what was said about apiVersion and kind already. */
    private List<Finding> schemaFindings(Document document, Dispatch dispatch) {
        Set<String> said =
                Set.copyOf(dispatch.findings().stream().map(Finding::pointer).toList());
        boolean kindSaid = dispatch.findings().stream()
                .anyMatch(finding -> !finding.rule().equals(FindingRule.SPEC_API_VERSION.id()));
        if (dispatch.kind().isEmpty()) {
            return UnknownKind.findings(document, said);
        }
        return kinds.schema(dispatch.kind()).stream()
                .flatMap(schema -> schema.check(document).stream())
                .filter(finding -> !said.contains(finding.pointer()))
                .filter(finding -> !(kindSaid && finding.pointer().equals("/kind")))
                .filter(finding -> !saidOfText(finding))
                .toList();
    }

    /** Whether the very value was unreadable as text, which is why the schema does not like it. */
    private boolean saidOfText(Finding finding) {
        return findings.stream()
                .anyMatch(text -> text.rule().startsWith("yaml/")
                        && !text.rule().equals(FindingRule.YAML_DUPLICATE_KEY.id())
                        && text.pointer().equals(finding.pointer())
                        && text.position().line() == finding.position().line());
    }

    private void keep(String kind, Document document, Spec spec) {
        switch (kind) {
            case "Blueprint" -> blueprints.add(BlueprintReader.of(document));
            case "Policy" -> policies.add(Checked.policy(document));
            case "Server" -> {} // configuration of the service, checked and nothing more
            default -> specs.add(spec);
        }
    }

    /** Whether the spec is the first of its kind and name here; a second one is a finding. */
    private boolean declare(Spec spec) {
        String environment = Optional.ofNullable(spec.metadata().environment()).orElse("");
        SpecKey key = new SpecKey(environment, spec.kind(), spec.metadata().name());
        Duplicates.Entry entry = new Duplicates.Entry(file, spec.document().line(), key);
        Duplicates.Entry earlier = declared.putIfAbsent(key, entry);
        if (earlier != null) {
            findings.add(spec.document()
                    .finding(
                            Severity.ERROR,
                            "/metadata/name",
                            FindingRule.SPEC_DUPLICATE.id(),
                            Duplicates.message(key, file, earlier),
                            Duplicates.HINT));
        }
        return earlier == null;
    }
}

package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.index.RepoIndex;
import dev.mergeway.reconciler.index.SpecChecks;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.schema.FileContent;
import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Expansion;
import dev.mergeway.schema.model.Files;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Metadata;
import dev.mergeway.schema.model.Positions;
import dev.mergeway.schema.model.Severity;
import dev.mergeway.schema.model.Spec;
import dev.mergeway.schema.model.Tier;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Checks spec files without any live system: file by file, so that memory does not grow with their number. */
public final class Checkup {
    /** Environment that specs of none are lent, so that they can be rendered. */
    public static final String STAND_IN = "preview";

    private static final Environment LENT = lent();

    private final Files files;
    private final LooseFiles loose;
    private final RepoIndex index;
    private final RepositoryInfo repository;
    private final boolean strict;
    private final Map<String, Optional<Environment>> environments = new HashMap<>();

    /**
     * Looks over all files.
     *
     * @param files where they are
     * @param paths all paths that may hold specs
     * @param context paths of files around them, whose environments count
     * @param repository the rules of the repository; a platform one where none is configured
     * @param strict whether an environment that is declared nowhere is an error even where none is declared at all
     */
    public Checkup(Files files, List<String> paths, List<String> context, RepositoryInfo repository, boolean strict) {
        this.files = files;
        this.repository = repository;
        this.strict = strict;
        this.loose = new LooseFiles(files, paths, context);
        this.index = loose.index();
    }

    /** What is wrong with one text on its own, as if it were a file that belongs to no repository. */
    public static List<Finding> one(byte[] text, Offer offer) {
        Set<Finding> findings = new TreeSet<>(Finding.ORDER);
        FileContent content = offer.reader().read("", text);
        findings.addAll(content.findings());
        Environment environment = content.environments().stream().findFirst().orElse(LENT);
        List<Spec> specs = new ArrayList<>(content.specs());
        content.environments().forEach(declared -> specs.add(declared.spec()));
        findings.addAll(offer.expander().expand(environment, specs, Files.NONE).findings());
        return List.copyOf(findings);
    }

    /** The kinds and limits that the files themselves offer, on top of ours. */
    public Offer offer() {
        return loose.offer();
    }

    /**
     * All that is to say about one file, in order.
     *
     * @param today so that an environment whose time was up before is told
     */
    public List<Finding> check(String path, LocalDate today) {
        Set<Finding> findings = new TreeSet<>(Finding.ORDER);
        findings.addAll(look(path).findings());
        loose.file(path).environments().stream()
                .flatMap(environment -> over(environment, today).stream())
                .forEach(findings::add);
        return List.copyOf(findings);
    }

    private static Optional<Finding> over(Environment environment, LocalDate today) {
        Object expires = environment.spec().body().get("expires");
        Instant now = today.atStartOfDay().toInstant(ZoneOffset.UTC);
        Optional<Instant> over = expires instanceof String text ? Expiry.date(text) : Optional.empty();
        return over.filter(time -> !time.isAfter(now)).isPresent()
                ? Optional.of(environment
                        .spec()
                        .finding(
                                Severity.WARNING,
                                "/expires",
                                "environment/expired",
                                "The time of environment " + environment.name() + " was up on " + expires + ".",
                                "Write a later date to keep it, or remove it."))
                : Optional.empty();
    }

    /** What one file expands to, with all that is to say about it. */
    public Look look(String path) {
        FileContent content = loose.file(path);
        Set<Finding> findings = new TreeSet<>(Finding.ORDER);
        findings.addAll(about(content));
        loose.offer().findings().stream()
                .filter(finding -> finding.file().equals(path))
                .forEach(findings::add);
        List<ConcreteResource> resources = new ArrayList<>();
        boolean lent = false;
        for (Map.Entry<String, List<Spec>> group : groups(content).entrySet()) {
            Environment environment = declared(group.getKey()).orElse(LENT);
            lent |= environment == LENT
                    && group.getValue().stream().anyMatch(spec -> !spec.kind().equals("Environment"));
            expand(environment, group.getValue(), findings, resources);
        }
        return new Look(List.copyOf(findings), resources, lent);
    }

    /**
     * What many files expand to together: each environment in one apply order. Specs of no environment are expanded file
     * by file, since names clash only within one environment.
     */
    public Look together(List<String> paths) {
        Set<Finding> findings = new TreeSet<>(Finding.ORDER);
        Map<String, List<Spec>> groups = new TreeMap<>();
        List<ConcreteResource> resources = new ArrayList<>();
        boolean lent = false;
        for (String path : paths) {
            FileContent content = loose.file(path);
            findings.addAll(about(content));
            for (Map.Entry<String, List<Spec>> group : groups(content).entrySet()) {
                if (declared(group.getKey()).isPresent()) {
                    groups.computeIfAbsent(group.getKey(), any -> new ArrayList<>())
                            .addAll(group.getValue());
                } else {
                    lent = true;
                    expand(LENT, group.getValue(), findings, resources);
                }
            }
        }
        findings.addAll(loose.offer().findings());
        groups.forEach((name, specs) -> expand(declared(name).orElse(LENT), specs, findings, resources));
        return new Look(List.copyOf(findings), resources, lent);
    }

    private void expand(
            Environment environment, List<Spec> specs, Set<Finding> findings, List<ConcreteResource> resources) {
        Expansion expansion = loose.offer().expander().expand(environment, specs, files);
        findings.addAll(expansion.findings());
        resources.addAll(expansion.resources());
    }

    /** What is wrong with a file by itself and in its repository. A plain object that a Manifests names is in its place. */
    private List<Finding> about(FileContent content) {
        boolean named = !index.readersOf(content.file()).isEmpty();
        SpecChecks checks = new SpecChecks(repository, index, index.environments(), Set.of(), List.of());
        return Stream.concat(
                        content.findings().stream()
                                .filter(finding -> !named || !finding.rule().equals("spec/kubernetes-object")),
                        checks.check(content).stream().map(this::judged))
                .toList();
    }

    /** Offline, an environment may be declared in a repository that is not here: then it is only a warning. */
    private Finding judged(Finding finding) {
        boolean elsewhere = !strict
                && finding.rule().equals("spec/unknown-environment")
                && index.environments().isEmpty();
        return elsewhere ? finding.as(Severity.WARNING) : finding;
    }

    private Map<String, List<Spec>> groups(FileContent content) {
        Map<String, List<Spec>> groups = new TreeMap<>();
        content.environments()
                .forEach(environment -> groups.computeIfAbsent(environment.name(), any -> new ArrayList<>())
                        .add(environment.spec()));
        content.specs()
                .forEach(spec -> groups.computeIfAbsent(
                                index.placement().environmentOf(spec).orElse(""), any -> new ArrayList<>())
                        .add(spec));
        return groups;
    }

    private Optional<Environment> declared(String name) {
        return environments.computeIfAbsent(name, this::find);
    }

    private Optional<Environment> find(String name) {
        return index.declares(name)
                .flatMap(path -> loose.file(path).environments().stream()
                        .filter(environment -> environment.name().equals(name))
                        .findFirst())
                .map(repository::owned);
    }

    private static Environment lent() {
        Metadata metadata = new Metadata(STAND_IN, null, null, Map.of(), Map.of());
        Map<String, String> targets = Map.of("kubernetes", "kubernetes", "aws", "aws");
        Map<String, Object> body = Map.of("tier", "preview", "targets", targets);
        Document document = new Document("", 0, Map.of(), Positions.NONE);
        return new Environment(new Spec("Environment", metadata, body, document, Map.of()), Tier.PREVIEW, targets);
    }

    /**
     * One file looked at.
     *
     * @param findings what is to say, in order
     * @param resources what its sound specs expand to, in apply order
     * @param lent whether a spec of no (known) environment was lent one
     */
    public record Look(List<Finding> findings, List<ConcreteResource> resources, boolean lent) {
        public Look {
            findings = List.copyOf(findings);
            resources = List.copyOf(resources);
        }
    }
}

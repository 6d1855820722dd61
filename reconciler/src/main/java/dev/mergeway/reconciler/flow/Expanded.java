package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.policy.Subject;
import dev.mergeway.reconciler.policy.Subjects;
import dev.mergeway.schema.Expander;
import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.ResolvedSpec;
import dev.mergeway.schema.model.ResourceKey;
import dev.mergeway.schema.model.Spec;
import dev.mergeway.schema.model.SpecKey;
import dev.mergeway.schema.model.Tier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the touched part of one environment expands to, before and after, over all repositories that take part. */
final class Expanded {
    private final String environment;
    private final Map<ResourceKey, Wanted> after = new LinkedHashMap<>();
    private final Map<ResourceKey, Map<String, String>> before = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Map<SpecKey, Said> says = new LinkedHashMap<>();
    private final Map<SpecKey, ResolvedSpec> said = new LinkedHashMap<>();
    private final List<Environment> former = new ArrayList<>();
    private @Nullable Environment declared;
    private double monthlyUsd;
    private boolean inventory;
    private boolean unsure;

    /** A spec and the name of the repository that it is from. */
    private record Said(ResolvedSpec spec, String repository) {}

    Expanded(String environment) {
        this.environment = environment;
    }

    String environment() {
        return environment;
    }

    /** The environment as it is declared after; empty where it is declared no more. */
    Optional<Environment> declared() {
        return Optional.ofNullable(declared);
    }

    void declare(Environment found) {
        declared = found;
    }

    /** Notes how the environment was declared. */
    void wasDeclared(Environment found) {
        former.add(found);
    }

    /** The environment as it was declared before; empty where it was not, or nobody knows. */
    Optional<Environment> former() {
        return former.stream().findFirst();
    }

    /** Whether the environment is declared no more, so that all of it goes. */
    boolean goes() {
        return declared == null && (!former.isEmpty() || inventory);
    }

    /**
     * The strictest tier that it is in or was in before, since what is in force must not be slackened, or taken away, by the
     * very change that it is for; empty where it is not declared, nor was.
     */
    Optional<Tier> tier() {
        return Stream.concat(former.stream(), declared().stream())
                .map(Environment::tier)
                .max(Comparator.naturalOrder());
    }

    /** Resources that are wanted, in apply order. */
    Collection<Wanted> wanted() {
        return after.values();
    }

    /** Resources that were wanted before and are not wanted any more: by repository that did, the file they came from. */
    Map<ResourceKey, Map<String, String>> dropped() {
        Map<ResourceKey, Map<String, String>> dropped = new LinkedHashMap<>(before);
        dropped.keySet().removeAll(after.keySet());
        return dropped;
    }

    boolean wants(ResourceKey key) {
        return after.containsKey(key);
    }

    List<Finding> findings() {
        return findings;
    }

    /** Whether something is so broken that nobody can tell what is wanted no more: then nothing is deleted. */
    boolean isUnsure() {
        return unsure;
    }

    void unsure() {
        unsure = true;
    }

    /** Whether nobody knows what was applied before, so that the live inventory must tell. */
    boolean needsInventory() {
        return inventory;
    }

    void askInventory() {
        inventory = true;
    }

    /** What it costs more a month in US dollars than before, as far as its blueprints give a price. */
    double monthlyUsd() {
        return monthlyUsd;
    }

    private SpecKey key(Spec spec) {
        return new SpecKey(environment, spec.kind(), spec.metadata().name());
    }

    /**
     * What policies judge: specs that are new, or read otherwise than before, or whose environment does: a policy may look
     * at all of these.
     */
    List<Subject> subjects() {
        List<Subject> subjects = new ArrayList<>();
        Environment in = declared;
        if (in != null) {
            boolean moved = former.stream().anyMatch(was -> !isSame(was, in));
            says.forEach((key, says) -> {
                ResolvedSpec old = said.get(key);
                if (moved || old == null || !old.isSame(says.spec())) {
                    subjects.addAll(Subjects.of(in, says.repository(), says.spec(), old));
                }
            });
        }
        return subjects;
    }

    private static boolean isSame(Environment was, Environment is) {
        return was.tier() == is.tier()
                && was.spec().body().equals(is.spec().body())
                && was.spec().metadata().equals(is.spec().metadata());
    }

    /** Notes what was wanted, and how the specs read. */
    void was(Expander.Priced priced, String repository) {
        priced.specs().forEach(spec -> said.put(key(spec.spec()), spec));
        monthlyUsd -= priced.total();
        priced.expansion()
                .resources()
                .forEach(resource -> before.computeIfAbsent(resource.key(), any -> new LinkedHashMap<>())
                        .putIfAbsent(repository, resource.file()));
    }

    /** Adds what is wanted, and what is wrong with it. Two specs that want the same object are a finding at the second. */
    void will(Expander.Priced priced, String repository) {
        priced.specs().forEach(spec -> says.put(key(spec.spec()), new Said(spec, repository)));
        monthlyUsd += priced.total();
        findings.addAll(priced.expansion().findings());
        for (ConcreteResource resource : priced.expansion().resources()) {
            Wanted wanted = Wanted.of(resource, repository);
            Wanted first = after.putIfAbsent(resource.key(), wanted);
            if (first != null && !first.resource().spec().equals(resource.spec())) {
                findings.add(clash(first.resource(), resource));
            }
        }
    }

    private static Finding clash(ConcreteResource first, ConcreteResource second) {
        return new Finding(
                dev.mergeway.schema.model.Severity.ERROR,
                second.file(),
                new dev.mergeway.schema.model.Position(Math.max(1, second.line()), 1),
                "",
                "spec/clash",
                second.spec().kind() + " " + second.spec().name() + " and "
                        + first.spec().kind() + " "
                        + first.spec().name() + " (" + first.file() + ":" + first.line() + ") both make "
                        + second.key().kind() + " " + second.key().name() + ".",
                "Rename one of them.");
    }
}

package dev.mergeway.reconciler.index;

import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.schema.FileContent;
import dev.mergeway.schema.model.Blueprint;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Policy;
import dev.mergeway.schema.model.Severity;
import dev.mergeway.schema.model.Spec;
import dev.mergeway.schema.model.SpecKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What is checked of a file in view of everything else: does its environment exist, may this repository name it, is the
 * name taken, are the targets there.
 *
 * @param repository the repository as configured (on its base branch)
 * @param index its index, this file included
 * @param environments names of all environments that are declared anywhere
 * @param platforms names of those that platform repositories declare
 * @param targets names of the configured targets; empty where none are known (offline), so that they are not judged
 */
public record SpecChecks(
        RepositoryInfo repository,
        RepoIndex index,
        Collection<String> environments,
        Collection<String> platforms,
        Collection<String> targets) {
    /** The rule that an environment lives where there is a target. */
    public static final String UNKNOWN_TARGET = "environment/unknown-target";

    /** What is wrong in one file. */
    public List<Finding> check(FileContent content) {
        List<Finding> findings = new ArrayList<>();
        content.environments().forEach(environment -> environment(environment, findings));
        content.specs().forEach(spec -> spec(spec, findings));
        Stream.concat(content.environments().stream().map(Environment::spec), content.specs().stream())
                .forEach(spec -> team(spec, findings));
        if (repository.role() == RepositoryInfo.Role.TEAM) {
            content.blueprints().stream().map(Blueprint::spec).forEach(spec -> findings.add(notHere(spec)));
            content.policies().stream().map(Policy::spec).forEach(spec -> findings.add(notHere(spec)));
        }
        return findings;
    }

    private Finding notHere(Spec spec) {
        return spec.document()
                .finding(
                        Severity.ERROR,
                        "/kind",
                        "spec/not-in-team-repository",
                        "A " + spec.kind() + " can only be in a platform repository; it has no effect here.",
                        "Open this pull request in the platform repository.");
    }

    private void team(Spec spec, List<Finding> findings) {
        String named = spec.metadata().team();
        if (named != null && !repository.mayBeOf(named)) {
            findings.add(spec.document()
                    .finding(
                            Severity.ERROR,
                            "/metadata/team",
                            "spec/team-not-allowed",
                            "This repository belongs to team " + repository.team()
                                    + ", so nothing in it can be of team " + named + ".",
                            "Write " + repository.team() + ", or leave the team out."));
        }
    }

    private void environment(Environment environment, List<Finding> findings) {
        Spec spec = environment.spec();
        if (repository.role() == RepositoryInfo.Role.TEAM && platforms.contains(environment.name())) {
            // No error, so that an environment can be moved: the platform declares it, then the team gives it up.
            findings.add(spec.document()
                    .finding(
                            Severity.WARNING,
                            "/metadata/name",
                            "environment/of-platform",
                            "Environment " + environment.name()
                                    + " is declared in a platform repository, so this declaration has no effect.",
                            "Remove it, or give it another name."));
        }
        if (!repository.mayUse(environment.name())) {
            findings.add(notAllowed(spec, "/metadata/name", environment.name()));
        }
        List<String> places = index.filesOf(environment.name()).stream()
                .filter(path -> index.file(path)
                        .filter(facts -> facts.environments().contains(environment.name()))
                        .isPresent())
                .filter(path -> !path.equals(spec.document().file()))
                .toList();
        if (!places.isEmpty()) {
            findings.add(spec.document()
                    .finding(
                            Severity.ERROR,
                            "/metadata/name",
                            "spec/duplicate",
                            "Environment " + environment.name() + " is declared in " + places.getFirst() + " too.",
                            "Keep one of them, or give this one another name."));
        }
        if (!targets.isEmpty()) {
            environment.targets().forEach((provider, target) -> target(spec, provider, target, findings));
        }
    }

    private void target(Spec spec, String provider, String target, List<Finding> findings) {
        if (!targets.contains(target)) {
            findings.add(spec.document()
                    .finding(
                            Severity.ERROR,
                            "/spec/targets/" + provider,
                            UNKNOWN_TARGET,
                            "There is no target called " + target + ".",
                            "Targets here: " + String.join(", ", new TreeSet<>(targets)) + "."));
        }
    }

    private void spec(Spec spec, List<Finding> findings) {
        String file = spec.document().file();
        Optional<String> environment = index.placement().environmentOf(spec);
        if (environment.isEmpty()) {
            findings.add(spec.document()
                    .finding(
                            Severity.WARNING,
                            "/metadata",
                            "spec/no-environment",
                            spec.kind() + " " + spec.metadata().name()
                                    + " belongs to no environment, so nothing will be made.",
                            "Name one with metadata.environment, or put the file into the folder of an environment."));
            return;
        }
        String name = environment.get();
        if (!environments.contains(name)) {
            findings.add(spec.document()
                    .finding(
                            Severity.ERROR,
                            "/metadata/environment",
                            "spec/unknown-environment",
                            "There is no environment called " + name + ".",
                            hint(name)));
        } else if (!repository.mayUse(name)) {
            findings.add(notAllowed(spec, "/metadata/environment", name));
        }
        index.places(new SpecKey(name, spec.kind(), spec.metadata().name())).stream()
                .filter(place -> !place.file().equals(file))
                .findFirst()
                .ifPresent(place -> findings.add(spec.document()
                        .finding(
                                Severity.ERROR,
                                "/metadata/name",
                                "spec/duplicate",
                                spec.kind() + " " + spec.metadata().name() + " of environment " + name + " is in "
                                        + place.file() + " (line " + place.line() + ") too.",
                                "Keep one of them, or give this one another name.")));
    }

    private String hint(String name) {
        return environments.isEmpty()
                ? "Declare it: kind Environment, metadata.name " + name + "."
                : "Environments here: " + String.join(", ", first(environments)) + ".";
    }

    private static List<String> first(Collection<String> names) {
        return names.stream().sorted().limit(10).toList();
    }

    private Finding notAllowed(Spec spec, String pointer, String name) {
        return spec.document()
                .finding(
                        Severity.ERROR,
                        pointer,
                        "spec/environment-not-allowed",
                        "This repository may not use environment " + name + ".",
                        "It may use: " + String.join(", ", repository.environments())
                                + ". The platform team can allow more.");
    }
}

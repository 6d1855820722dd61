package dev.mergeway.reconciler.report;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.plan.PlanStep;
import dev.mergeway.reconciler.report.Sentence.Weight;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.FieldChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a plan means to somebody who knows no Kubernetes: a sentence per spec, what matters most first. */
final class Consequences {
    private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet", "DaemonSet");

    private Consequences() {}

    /** The steps of a plan that change something, by the spec that they come from. */
    static Map<Origin, List<PlanStep>> bySpec(Plan plan) {
        Map<Origin, List<PlanStep>> groups = new LinkedHashMap<>();
        for (PlanStep step : plan.steps()) {
            if (step.action() != Action.UNCHANGED) {
                groups.computeIfAbsent(Origin.of(step), origin -> new ArrayList<>())
                        .add(step);
            }
        }
        return groups;
    }

    /** Sentences for all that changes, what loses data first; none where nothing does. */
    static List<Sentence> of(Plan plan) {
        List<Sentence> sentences = new ArrayList<>();
        for (PlanStep step : plan.steps()) {
            if (step.stateful() && step.action().destroys()) {
                String words = step.action() == Action.DELETE
                        ? "deletes %s (%s) in %s and the data in it, which no revert brings back"
                        : "replaces %s (%s) in %s and loses the data in it, which no revert brings back";
                sentences.add(Sentence.of(
                        Weight.LOSES_DATA,
                        words,
                        step.resource().name(),
                        step.resource().kind(),
                        step.environment()));
            }
        }
        bySpec(plan).values().forEach(steps -> sentences.add(sentence(steps)));
        sentences.sort(Comparator.comparing(Sentence::weight));
        return sentences;
    }

    private static Sentence sentence(List<PlanStep> steps) {
        String name = name(steps);
        String environment = steps.getFirst().environment();
        if (steps.stream().anyMatch(Consequences::isPlace)) {
            return place(steps, environment);
        }
        if (all(steps, Action.CREATE)) {
            return Sentence.of(Weight.CHANGES, "creates %s in %s", name, environment);
        }
        if (all(steps, Action.DELETE)) {
            // Nobody knows any more which specs they came from: one name does not stand for all of them.
            boolean many = steps.size() > 1 && steps.getFirst().file().isEmpty();
            String words = many ? "deletes %s and " + (steps.size() - 1) + " more from %s" : "deletes %s from %s";
            return Sentence.of(Weight.DESTROYS, words, name, environment);
        }
        long deleted = count(steps, Action.DELETE);
        long replaced = count(steps, Action.REPLACE);
        if (deleted + replaced > 0) {
            String parts = (deleted > 0 ? ", deleting " + deleted + " of its parts" : "")
                    + (replaced > 0 ? ", making " + replaced + " of its parts anew" : "");
            return Sentence.of(Weight.DESTROYS, "changes %s in %s" + parts, name, environment);
        }
        if (count(steps, Action.ADOPT) > 0) {
            return Sentence.of(Weight.INTERRUPTS, "takes over %s in %s", name, environment);
        }
        return update(steps, name, environment);
    }

    /** The spec of an environment: what becomes of its namespace becomes of all that is in it. */
    private static Sentence place(List<PlanStep> steps, String environment) {
        Action action = steps.stream()
                .filter(Consequences::isPlace)
                .map(PlanStep::action)
                .findFirst()
                .orElseThrow();
        return switch (action) {
            case CREATE -> Sentence.of(Weight.CHANGES, "creates the environment %s", environment);
            case DELETE ->
                Sentence.of(Weight.DESTROYS, "deletes the environment %s with everything in it", environment);
            case REPLACE ->
                Sentence.of(Weight.DESTROYS, "makes the environment %s anew, without what is in it", environment);
            case ADOPT -> Sentence.of(Weight.INTERRUPTS, "takes over the environment %s", environment);
            case UPDATE, UNCHANGED -> Sentence.of(Weight.CHANGES, "changes the environment %s", environment);
        };
    }

    /** A namespace of another name is one more thing in the environment, and not the place where all of it is. */
    private static boolean isPlace(PlanStep step) {
        return step.resource().type().equals("v1/Namespace")
                && step.resource().name().equals(step.environment());
    }

    private static Sentence update(List<PlanStep> steps, String name, String environment) {
        Optional<PlanStep> restarted =
                steps.stream().filter(Consequences::restarts).findFirst();
        if (restarted.isPresent()) {
            return Sentence.of(Weight.INTERRUPTS, "restarts %s in %s once", name, environment);
        }
        Optional<FieldChange> scaled = steps.stream()
                .filter(Consequences::isWorkload)
                .flatMap(step -> step.fields().stream())
                .filter(change -> change.pointer().equals("/spec/replicas")
                        && change.before() instanceof Number
                        && change.after() instanceof Number)
                .findFirst();
        if (scaled.isPresent()) {
            String words = "scales %s in %s from " + scaled.get().before() + " to "
                    + scaled.get().after();
            return Sentence.of(Weight.CHANGES, words, name, environment);
        }
        return Sentence.of(Weight.CHANGES, "changes %s in %s", name, environment);
    }

    private static boolean restarts(PlanStep step) {
        return step.action() == Action.UPDATE
                && isWorkload(step)
                && step.fields().stream().anyMatch(change -> change.pointer().startsWith("/spec/template"));
    }

    private static boolean isWorkload(PlanStep step) {
        return WORKLOADS.contains(step.resource().kind());
    }

    private static boolean all(List<PlanStep> steps, Action action) {
        return count(steps, action) == steps.size();
    }

    private static long count(List<PlanStep> steps, Action action) {
        return steps.stream().filter(step -> step.action() == action).count();
    }

    /** What a spec's resources are called together: as its workload, else as the one with the shortest name. */
    static String name(List<PlanStep> steps) {
        Comparator<PlanStep> order = Comparator.comparing((PlanStep step) -> !isWorkload(step))
                .thenComparing(step -> step.resource().name().length())
                .thenComparing(PlanStep::resource);
        return steps.stream().min(order).orElseThrow().resource().name();
    }

    /** What is to be said when nothing is lost, and what it costs. */
    static List<String> closing(Plan plan, Setting setting) {
        List<String> closing = new ArrayList<>();
        boolean destroys = plan.steps().stream().anyMatch(step -> step.action().destroys());
        if (!destroys) {
            closing.add("nothing is deleted");
        }
        setting.monthlyUsd().ifPresent(price -> closing.add(Setting.price(price)));
        return closing;
    }

    /** Where steps come from; those whose spec nobody knows any more go by their environment. */
    record Origin(String environment, String file, int line) {
        static Origin of(PlanStep step) {
            return new Origin(step.environment(), step.file(), step.line());
        }

        /** {@code checkout.yaml:3}, "" where nobody knows. */
        String place() {
            return file.isEmpty() ? "" : line > 0 ? file + ":" + line : file;
        }
    }
}

package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.resource.Outcome.Result;
import dev.mergeway.reconciler.run.EnvironmentState;
import dev.mergeway.reconciler.run.RunRecord;
import dev.mergeway.reconciler.run.RunState;
import dev.mergeway.schema.model.ResourceKey;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Releases of an environment since the last one that went through: killed in the middle, or failed in part. What they did
 * is in the journal, and is told in the receipt of the release that finishes it, which finds it done.
 */
final class Unfinished {
    /** Releases that are looked back at. */
    private static final int RUNS = 20;

    private Unfinished() {}

    /** Whether a release began after the one that an environment's state is of, and did not come to tell its own. */
    static boolean after(EnvironmentState known, Ledger ledger) {
        return ledger.runs(known.name(), "", RUNS).items().stream()
                .filter(each -> each.kind().equals("release"))
                .findFirst()
                .filter(last -> !last.id().equals(known.lastRun()))
                .isPresent();
    }

    /** The outcomes of a run, where what was done before it counts as done. */
    static Map<ResourceKey, Outcome> finished(
            Ledger ledger, String environment, String run, Map<ResourceKey, Outcome> outcomes) {
        if (outcomes.values().stream().noneMatch(outcome -> outcome.result() == Result.UNCHANGED)) {
            return outcomes;
        }
        Map<String, Result> done = done(ledger, environment, run);
        Map<ResourceKey, Outcome> finished = new LinkedHashMap<>();
        outcomes.forEach((key, outcome) -> {
            Result before = outcome.result() == Result.UNCHANGED ? done.get(key.toString()) : null;
            finished.put(key, before == null ? outcome : Outcome.done(key, before));
        });
        return finished;
    }

    /** By resource, what was done to it first: what was created and then updated was not there before. */
    private static Map<String, Result> done(Ledger ledger, String environment, String run) {
        Map<String, Result> done = new HashMap<>();
        List<RunRecord> before = ledger.runs(environment, "", RUNS).items().stream()
                .filter(each -> each.kind().equals("release") && !each.id().equals(run))
                .takeWhile(each -> each.state() != RunState.SUCCEEDED)
                .toList();
        for (RunRecord each : before) {
            ledger.run(each.id())
                    .ifPresent(full -> full.steps()
                            .forEach(step -> result(step).ifPresent(result -> done.put(step.resource(), result))));
        }
        return done;
    }

    /** What a step did. One that was begun and has no end was done: it is as wanted now. */
    private static Optional<Result> result(RunRecord.Step step) {
        return switch (step.result()) {
            case "created", "updated", "replaced", "started" ->
                switch (step.action()) {
                    case "create" -> Optional.of(Result.CREATED);
                    case "replace" -> Optional.of(Result.REPLACED);
                    case "update", "adopt" -> Optional.of(Result.UPDATED);
                    default -> Optional.empty();
                };
            default -> Optional.empty();
        };
    }
}

package dev.mergeway.reconciler.app;

import dev.mergeway.reconciler.flow.Ending;
import dev.mergeway.reconciler.flow.Flows;
import dev.mergeway.reconciler.port.Clock;
import dev.mergeway.reconciler.queue.RunResult;
import dev.mergeway.reconciler.queue.Runner;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.run.RunKey;
import dev.mergeway.reconciler.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what the queue has: by the flows, timed, logged, and with an answer that the queue knows. */
record FlowRunner(Flows flows, Clock clock, Metrics metrics, Leisure leisure) implements Runner {
    private static final Logger LOG = LoggerFactory.getLogger(FlowRunner.class);

    @Override
    public RunResult run(RunKey key) {
        Instant began = clock.now();
        Ending ending = atWork(key);
        metrics.time(
                "mergeway.run." + key.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                Duration.between(began, clock.now()));
        if (ending.state() == RunState.FAILED) {
            LOG.warn("{} failed: {}{}", key.text(), ending.message(), ending.retry() ? "; it is tried again" : "");
            return ending.retry()
                    ? new RunResult.Failed(new Problem(Problem.Turn.PLATFORM, ending.message(), "", true))
                    : new RunResult.Done();
        }
        if (key instanceof RunKey.Review || key instanceof RunKey.Release) {
            LOG.info("{}: {}", key.text(), ending.message());
        } else {
            LOG.debug("{}: {}", key.text(), ending.message());
        }
        return ending.lookAgainAfter().<RunResult>map(RunResult.Again::new).orElseGet(RunResult.Done::new);
    }

    private Ending atWork(RunKey key) {
        leisure.begun();
        try {
            return flows.run(key);
        } finally {
            leisure.ended();
        }
    }
}

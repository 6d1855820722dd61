package dev.mergeway.reconciler.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same question about many things at once, each on its own virtual thread; {@link Api} bounds what is in flight. */
final class Parallel {
    private Parallel() {}

    /** A question to the API server. */
    @FunctionalInterface
    interface Question<T, R> {
        R ask(T about) throws Unreachable;
    }

    /**
     * All answers, in the order of what was asked about.
     *
     * @throws Unreachable the first that any of the questions met
     */
    static <T, R> List<R> map(List<T> about, Question<T, R> question) throws Unreachable {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<R>> futures = new ArrayList<>();
            about.forEach(one -> futures.add(threads.submit(() -> question.ask(one))));
            try {
                List<R> answers = new ArrayList<>();
                for (Future<R> future : futures) {
                    answers.add(future.get());
                }
                return answers;
            } catch (ExecutionException e) {
                threads.shutdownNow();
                throw unwrapped(e);
            } catch (InterruptedException e) {
                threads.shutdownNow();
                Thread.currentThread().interrupt();
                throw new Unreachable("stopped", true, e);
            }
        }
    }

    private static Unreachable unwrapped(ExecutionException e) {
        if (e.getCause() instanceof Unreachable unreachable) {
            return unreachable;
        }
        throw new IllegalStateException("a question failed in an unforeseen way", e.getCause());
    }
}

package dev.mergeway.reconciler.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TogetherTest {
    private final List<List<Integer>> commits = Collections.synchronizedList(new ArrayList<>());

    @Test
    void whatComesDuringACommitIsCommittedTogether() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(20);
        Together<Integer> together = new Together<>(batch -> {
            commits.add(batch);
            if (batch.contains(0)) {
                first.countDown();
                await(others);
            }
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writes = new ArrayList<>();
            writes.add(threads.submit(() -> together.write(0)));
            first.await();
            for (int item = 1; item <= 20; item++) {
                int number = item;
                writes.add(threads.submit(() -> {
                    others.countDown();
                    together.write(number);
                }));
            }
            for (Future<?> write : writes) {
                write.get();
            }
        }
        assertThat(commits.getFirst()).containsExactly(0);
        assertThat(commits).hasSizeLessThan(21);
        assertThat(commits.stream().flatMap(List::stream).sorted()).hasSize(21).doesNotHaveDuplicates();
    }

    @Test
    void oneThatCannotBeWrittenFailsAlone() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Together<Integer> together = new Together<>(batch -> {
            if (batch.contains(0)) {
                first.countDown();
                await(go);
            }
            if (batch.contains(13)) {
                throw new IllegalStateException("thirteen");
            }
            commits.add(batch);
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> begun = threads.submit(() -> together.write(0));
            first.await();
            Future<?> good = threads.submit(() -> together.write(1));
            Future<?> bad = threads.submit(() -> together.write(13));
            go.countDown();
            begun.get();
            good.get();
            assertThatThrownBy(bad::get).hasRootCauseMessage("thirteen");
        }
        assertThat(commits.stream().flatMap(List::stream)).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void inABurstACommitWaitsForThoseThatAreAboutToCome() throws Exception {
        Together<Integer> together = new Together<>(
                batch -> {
                    commits.add(batch);
                    sleep(5);
                },
                Duration.ofMillis(300));
        long began = System.nanoTime();
        together.write(-1);
        together.write(-2);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).as("no burst").isLessThan(Duration.ofMillis(300));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int item = 0; item < 200; item++) {
                int number = item;
                threads.execute(() -> {
                    sleep(number < 150 ? 0 : number); // the last ones one by one
                    together.write(number);
                });
            }
        }
        assertThat(commits.stream().flatMap(List::stream)).hasSize(202).doesNotHaveDuplicates();
        assertThat(commits).hasSizeLessThan(20);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

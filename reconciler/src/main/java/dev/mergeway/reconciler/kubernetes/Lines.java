package dev.mergeway.reconciler.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A response of lines without an end in sight, read by one thread; the sender waits until we have read. */
final class Lines implements AutoCloseable {
    /** An object may have 1.5 MiB in etcd (its default limit); a line holds one object. */
    private static final int LONGEST_LINE = 8 << 20;

    private static final Duration OPENING = Duration.ofSeconds(40);

    private final BlockingQueue<Chunk> chunks = new LinkedBlockingQueue<>();
    private final CompletableFuture<HttpResponse<AsyncBody>> opening;
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    private final ArrayDeque<byte[]> complete = new ArrayDeque<>();
    private @Nullable AsyncBody body;

    private sealed interface Chunk {
        record Bytes(byte[] bytes) implements Chunk {}

        record End(@Nullable Throwable failure) implements Chunk {}
    }

    Lines(HttpClient http, HttpRequest request) {
        opening = http.consumeBytes(request, (buffers, _) -> chunks.add(new Chunk.Bytes(join(buffers))));
    }

    /**
     * Waits for the answer's head.
     *
     * @return its HTTP status
     */
    int open() throws IOException, InterruptedException {
        try {
            HttpResponse<AsyncBody> response = opening.get(OPENING.toSeconds(), TimeUnit.SECONDS);
            AsyncBody opened = response.body();
            body = opened;
            opened.done().whenComplete((_, failure) -> chunks.add(new Chunk.End(failure)));
            opened.consume();
            return response.code();
        } catch (ExecutionException | TimeoutException e) {
            opening.cancel(true);
            throw new IOException("the stream did not open", e);
        }
    }

    /**
     * The next line.
     *
     * @param silence how long nothing at all may come
     * @return empty at the end of the stream
     * @throws IOException if the connection broke, a line has no end or silence lasted too long
     */
    Optional<byte[]> next(Duration silence) throws IOException, InterruptedException {
        while (complete.isEmpty()) {
            Chunk chunk = chunks.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
            switch (chunk) {
                case null -> throw new IOException("nothing was heard for " + silence.toSeconds() + " s");
                case Chunk.End(Throwable failure) when failure != null -> throw new IOException(failure);
                case Chunk.End _ -> {
                    return Optional.empty();
                }
                case Chunk.Bytes(byte[] bytes) -> {
                    split(bytes);
                    AsyncBody opened = body;
                    if (opened != null) {
                        opened.consume();
                    }
                }
            }
        }
        return Optional.of(complete.remove());
    }

    private void split(byte[] bytes) throws IOException {
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                partial.write(bytes, start, i - start);
                complete.add(partial.toByteArray());
                partial.reset();
                start = i + 1;
            }
        }
        partial.write(bytes, start, bytes.length - start);
        if (partial.size() > LONGEST_LINE) {
            throw new IOException("a line of more than " + LONGEST_LINE + " bytes");
        }
    }

    private static byte[] join(List<ByteBuffer> buffers) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (ByteBuffer buffer : buffers) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            joined.writeBytes(bytes);
        }
        return joined.toByteArray();
    }

    @Override
    public void close() {
        AsyncBody opened = body;
        if (opened == null) {
            opening.cancel(true);
        } else if (!opened.done().isDone()) {
            // What has ended gave its connection back: resetting it would cut off whoever has it now.
            opened.cancel();
        }
        chunks.add(new Chunk.End(null));
    }
}

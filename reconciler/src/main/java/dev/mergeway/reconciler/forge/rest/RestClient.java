package dev.mergeway.reconciler.forge.rest;

import dev.mergeway.reconciler.port.Clock;
import dev.mergeway.reconciler.port.ForgeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Asks one forge: one paced writer, what is transient tried again, limits honoured, lists paged. Blocking, safe for many
 * threads. No message that it makes holds the token.
 */
public final class RestClient implements AutoCloseable {
    private static final int TRIES = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    /** A longer wait, or a forge that hangs, is the caller's to plan: nobody holds a run and its place for minutes. */
    private static final Duration SHORT = Duration.ofSeconds(5);
    /** 200 pages of 50 or 100: no pull request was seen with 10,000 comments. */
    private static final int PAGES = 200;

    private final Transport transport;
    private final Pace pace;
    private final Clock clock;
    private final Waiting waiting;
    private final Failures failures;
    private final AtomicReference<Instant> blocked = new AtomicReference<>(Instant.MIN);

    /**
     * A client.
     *
     * @param transport how requests get there
     * @param pace how writes are paced
     * @param clock what time it is
     * @param waiting how to wait between tries
     */
    public RestClient(Transport transport, Pace pace, Clock clock, Waiting waiting) {
        this.transport = transport;
        this.pace = pace;
        this.clock = clock;
        this.waiting = waiting;
        this.failures = new Failures(transport.forge());
    }

    /** What it answered; fails for whatever is no success. */
    public JsonNode json(Request request) throws ForgeException {
        Reply reply = send(request);
        if (!reply.isSuccess()) {
            throw failures.refused(request, reply);
        }
        return reply.body();
    }

    /** What it answered; empty where it says that there is no such thing. */
    public Optional<JsonNode> find(Request request) throws ForgeException {
        return found(request, reply -> reply.status() == 404);
    }

    /** What it answered; empty where there is no such thing, or the token may not see it. */
    public Optional<JsonNode> visible(Request request) throws ForgeException {
        return found(request, Reply::isHidden);
    }

    private Optional<JsonNode> found(Request request, Predicate<Reply> unseen) throws ForgeException {
        Reply reply = send(request);
        if (unseen.test(reply)) {
            return Optional.empty();
        }
        if (!reply.isSuccess()) {
            throw failures.refused(request, reply);
        }
        return Optional.of(reply.body());
    }

    /** All items of a list, page after page. */
    public List<JsonNode> all(Request request) throws ForgeException {
        return pages(request, PAGES);
    }

    /** All items of a list, as {@link #all}; empty where there is no such list, or the token may not read it. */
    public Optional<List<JsonNode>> seen(Request request) throws ForgeException {
        return list(request, PAGES, Reply::isHidden);
    }

    /** The items of the first pages of a list. */
    public List<JsonNode> pages(Request request, int pages) throws ForgeException {
        return list(request, pages, reply -> false).orElse(List.of());
    }

    /** Empty where the answer to the first page says that there is nothing to see. */
    private Optional<List<JsonNode>> list(Request request, int pages, Predicate<Reply> unseen) throws ForgeException {
        List<JsonNode> items = new ArrayList<>();
        for (int page = 1; page <= pages; page++) {
            Request one = request.page(page);
            Reply reply = send(one);
            if (page == 1 && unseen.test(reply)) {
                return Optional.empty();
            }
            if (!reply.isSuccess()) {
                throw failures.refused(one, reply);
            }
            // Gitea says null of an empty list of reactions. All else is an answer of what stands in front of the
            // forge.
            if (!reply.body().isArray() && !reply.body().isNull()) {
                throw failures.garbled(one, "it answered no list", new IllegalStateException("not an array"));
            }
            reply.body().forEach(items::add);
            if (!reply.hasNext(items.size())) {
                break;
            }
        }
        return Optional.of(items);
    }

    /** The failure that a refusal is, for callers that looked at it first. */
    public ForgeException refused(Request request, Reply reply) {
        return failures.refused(request, reply);
    }

    /** What it answered, refusals too; fails where it could not be asked, was limited, or failed by itself. */
    public Reply send(Request request) throws ForgeException {
        try {
            return request.isRead() ? patiently(request) : pace.write(() -> patiently(request));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ForgeException(
                    "Forge '" + transport.forge() + "' could not " + request.purpose() + ": we are shutting down.",
                    true,
                    null,
                    e);
        }
    }

    private Reply patiently(Request request) throws ForgeException, InterruptedException {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            Instant began = clock.now();
            try {
                return once(request);
            } catch (ForgeException failure) {
                Duration wait = failure.retryAfter().orElse(pause);
                boolean hung = clock.now().isAfter(began.plus(SHORT));
                boolean worth = failure.passing()
                        && !hung
                        && (request.isRepeatable() || failure.retryAfter().isPresent());
                if (!worth || attempt == TRIES || wait.compareTo(SHORT) > 0) {
                    throw failure;
                }
                waiting.await(wait);
                pause = pause.multipliedBy(2);
            }
        }
    }

    private Reply once(Request request) throws ForgeException, InterruptedException {
        Instant now = clock.now();
        if (now.isBefore(blocked.get())) {
            throw failures.limited(request, Duration.between(now, blocked.get()));
        }
        Reply reply = transport.send(request);
        Optional<Duration> wait = RateLimit.wait(reply.status(), reply.headers(), reply.message(), clock.now());
        if (wait.isPresent()) {
            blocked.set(clock.now().plus(wait.get()));
            throw failures.limited(request, wait.get());
        }
        if (reply.status() >= 500) {
            throw failures.broken(
                    request,
                    reply,
                    RateLimit.retryAfter(reply.headers(), clock.now()).orElse(null));
        }
        return reply;
    }

    @Override
    public void close() {
        transport.close();
    }
}

package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Look;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists once, then watches from there, for as long as its thread lives: goes on where it was after a cut, lists again
 * only after {@code 410 Gone}. Metadata alone.
 */
final class ListWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ListWatch.class);

    /** The API server sends a bookmark a minute (cacher.go); silence for longer means that the connection is dead. */
    private static final Duration SILENCE = Duration.ofSeconds(150);

    /** The server ends a watch then; spread, so that not all of them end at once. */
    private static final int SHORTEST_SECONDS = 300;

    /** Nothing changes by itself about a kind that is not served or not ours to see. */
    private static final Duration LONG_WAIT = Duration.ofSeconds(60);

    private final Api api;
    private final String path;
    private final String selector;
    private final Handler handler;
    private String version = "";

    /** Who listens. Called from the watch's thread. */
    interface Handler {
        /** All there is now. */
        void listed(List<Map<String, Object>> items);

        /** One object was added, changed or (gone) deleted. */
        void changed(Map<String, Object> object, boolean gone);

        /** Whether what was said last is known to be so still. */
        void alive(boolean alive);

        /** The server does not serve this (any more). Whether that is the end of it. */
        boolean ends();
    }

    ListWatch(Api api, String path, String selector, Handler handler) {
        this.api = api;
        this.path = path;
        this.selector = selector;
        this.handler = handler;
    }

    /** Runs until its thread is interrupted. */
    void run() {
        int failures = 0;
        while (!ended && !Thread.currentThread().isInterrupted()) {
            try {
                if (version.isEmpty()) {
                    list();
                }
                boolean heard = follow();
                failures = heard ? 0 : failures + 1;
            } catch (IOException | Unreachable e) {
                failures++;
                LOG.debug("watch of {}: {}; going on in a moment", path, e.getMessage());
            } catch (RuntimeException e) {
                failures++;
                LOG.warn("watch of {} met what was not foreseen; it goes on in a moment", path, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            handler.alive(false);
            pause(failures);
        }
    }

    private void pause(int failures) {
        if (ended) {
            return;
        }
        try {
            Duration wait = failures == 0 ? Duration.ZERO : Patience.after(failures, Duration.ZERO);
            Thread.sleep(refused ? LONG_WAIT : wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean refused;
    private boolean ended;

    private void list() throws Unreachable {
        Pages pages = Pages.all(api, path, selector);
        Reply answer = pages.answer();
        refused = answer.code() == 403 || answer.missing();
        if (answer.missing()) {
            handler.listed(List.of());
            ended = answer.notServed() && handler.ends();
        }
        if (!answer.ok()) {
            throw new Unreachable(
                    "cannot list: " + answer.message(), true, new IllegalStateException("HTTP " + answer.code()));
        }
        version = Look.text(answer.body(), "metadata", "resourceVersion");
        handler.listed(pages.items());
    }

    /** Follows one connection to its end; whether anything was heard. */
    private boolean follow() throws IOException, InterruptedException {
        int seconds = ThreadLocalRandom.current().nextInt(SHORTEST_SECONDS, 2 * SHORTEST_SECONDS);
        Map<String, String> query = new LinkedHashMap<>();
        query.put("watch", "true");
        query.put("allowWatchBookmarks", "true");
        query.put("labelSelector", selector);
        query.put("resourceVersion", version);
        query.put("timeoutSeconds", String.valueOf(seconds));
        try (Lines lines = api.stream(Call.readMetadata(Call.query(path, query)))) {
            int code = lines.open();
            if (code == 410 || code == 404 || code == 403) {
                version = "";
                return false;
            }
            if (code != 200) {
                throw new IOException("HTTP " + code);
            }
            handler.alive(true);
            boolean heard = false;
            for (Optional<byte[]> line = lines.next(SILENCE); line.isPresent(); line = lines.next(SILENCE)) {
                if (!event(Json.read(line.get()))) {
                    return heard;
                }
                heard = true;
            }
            return true;
        }
    }

    /** False where the server says that it cannot go on from here. */
    private boolean event(Map<String, Object> event) {
        Map<String, Object> object = Look.map(event, "object");
        String type = Look.text(event, "type");
        if (type.equals("ERROR")) {
            version = "";
            return false;
        }
        version = Look.text(object, "metadata", "resourceVersion");
        if (!type.equals("BOOKMARK")) {
            handler.changed(object, type.equals("DELETED"));
        }
        return true;
    }
}

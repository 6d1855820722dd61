package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Look;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Waits for one object to become what it must be before the next step, by a watch on it alone. */
final class Waits {
    private final Api api;

    Waits(Api api) {
        this.api = api;
    }

    /** Whether the object with this uid is gone, within the time. */
    boolean gone(Kind kind, String namespace, String name, String uid, Duration most) throws Unreachable {
        Predicate<Map<String, Object>> other =
                object -> !Look.text(object, "metadata", "uid").equals(uid);
        return until(kind, namespace, name, other, true, most);
    }

    /** Whether the object passes the test, within the time; false too where it is gone. */
    boolean becomes(Kind kind, String namespace, String name, Predicate<Map<String, Object>> test, Duration most)
            throws Unreachable {
        return until(kind, namespace, name, test, false, most);
    }

    private boolean until(
            Kind kind,
            String namespace,
            String name,
            Predicate<Map<String, Object>> test,
            boolean absent,
            Duration most)
            throws Unreachable {
        long end = System.nanoTime() + most.toNanos();
        for (int tries = 1; ; tries++) {
            Reply reply = api.send(Call.read(kind.path(namespace, name)), Patience.LONG);
            if (reply.missing()) {
                return absent;
            }
            if (reply.ok() && test.test(reply.body())) {
                return true;
            }
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (left.isNegative() || left.isZero()) {
                return false;
            }
            String version = reply.ok() ? Look.text(reply.body(), "metadata", "resourceVersion") : "";
            if (version.isEmpty() || !follow(kind, namespace, name, version, test, left)) {
                api.waitFor(Patience.after(tries, Duration.ZERO));
            }
        }
    }

    /** Whether something happened that makes it worth looking again. */
    private boolean follow(
            Kind kind,
            String namespace,
            String name,
            String version,
            Predicate<Map<String, Object>> test,
            Duration most)
            throws Unreachable {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("watch", "true");
        query.put("fieldSelector", "metadata.name=" + name);
        query.put("resourceVersion", version);
        query.put("timeoutSeconds", String.valueOf(Math.max(1, most.toSeconds())));
        try (Lines lines = api.stream(Call.read(Call.query(kind.path(namespace), query)))) {
            if (lines.open() != 200) {
                return false;
            }
            for (Optional<byte[]> line = lines.next(most); line.isPresent(); line = lines.next(most)) {
                Map<String, Object> event = Json.read(line.get());
                if (!Look.text(event, "type").equals("MODIFIED") || test.test(Look.map(event, "object"))) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false; // looked at again, by a read that tells what is wrong
        } catch (InterruptedException e) {
            throw Troubles.stopped(api.server(), e);
        }
    }
}

package dev.mergeway.reconciler.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Heads of pull requests that webhooks announced: a forge's API may lag behind its own webhooks, and what it does not
 * know yet is asked for again, for a while. Losing them costs the time to the next look.
 */
public final class Announcements {
    /** After this, what was announced is not coming: it was overtaken, or taken back. */
    static final Duration LAG = Duration.ofSeconds(30);

    /** Least time before asking again; it grows with the time that passed, so that few plans are made for nothing. */
    static final Duration PAUSE = Duration.ofSeconds(2);

    private final Map<String, Heard> heard = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    private record Heard(String head, Instant at) {}

    /** A head was announced. */
    public void heard(String repository, int number, String head, Instant now) {
        lock.lock();
        try {
            heard.values().removeIf(old -> isOver(old, now));
            heard.put(repository + "#" + number, new Heard(head, now));
        } finally {
            lock.unlock();
        }
    }

    /**
     * After how long to ask the forge again; empty where it says what was announced.
     *
     * @param head what it says is the head, "" where it does not know the pull request
     */
    Optional<Duration> again(String repository, int number, String head, Instant now) {
        lock.lock();
        try {
            Heard last = heard.get(repository + "#" + number);
            if (last == null || last.head().equals(head) || isOver(last, now)) {
                return Optional.empty();
            }
            Duration passed = Duration.between(last.at(), now);
            return Optional.of(passed.compareTo(PAUSE) > 0 ? passed : PAUSE);
        } finally {
            lock.unlock();
        }
    }

    private static boolean isOver(Heard heard, Instant now) {
        return !now.isBefore(heard.at().plus(LAG));
    }
}

package dev.mergeway.reconciler.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Heads of pull requests that webhooks announced, and those that reviews are going on about: a forge's API may lag behind
 * its own webhooks, and what it does not know yet is asked for again, for a while; and it may announce one push several
 * times. Losing them costs the time to the next look, or a review too many.
 */
public final class Announcements {
    /** After this, what was announced is not coming: it was overtaken, or taken back. */
    static final Duration LAG = Duration.ofSeconds(30);

    /** Least time before asking again; it grows with the time that passed, so that few plans are made for nothing. */
    static final Duration PAUSE = Duration.ofSeconds(2);

    /** What a review goes on about that has not read the pull request yet. */
    private static final String UNREAD = "";

    private final Map<String, Heard> heard = new HashMap<>();
    private final Map<String, String> reviews = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    private record Heard(String head, Instant at) {}

    /**
     * A head was announced.
     *
     * @return whether a review that goes on is about this very head, or will be: one that has not read the pull request yet
     *     reads it after this, and looks again where the forge lags
     */
    public boolean heard(String repository, int number, String head, Instant now) {
        lock.lock();
        try {
            heard.values().removeIf(old -> isOver(old, now));
            heard.put(key(repository, number), new Heard(head, now));
            String read = reviews.get(key(repository, number));
            return read != null && (read.equals(UNREAD) || read.equals(head));
        } finally {
            lock.unlock();
        }
    }

    /** Whether a review goes on that has read this head, or is about to since it was announced. */
    boolean isReviewed(String repository, int number, String head, Instant now) {
        lock.lock();
        try {
            String read = reviews.get(key(repository, number));
            Heard last = heard.get(key(repository, number));
            return head.equals(read)
                    || (UNREAD.equals(read) && last != null && last.head().equals(head) && !isOver(last, now));
        } finally {
            lock.unlock();
        }
    }

    /** A review begins. There is one of a pull request at a time. */
    void begins(String repository, int number) {
        lock.lock();
        try {
            reviews.put(key(repository, number), UNREAD);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The review has read the pull request.
     *
     * @param head what the forge says is its head, "" where it does not know the pull request
     * @return after how long to ask the forge again; empty where it says what was announced
     */
    Optional<Duration> reads(String repository, int number, String head, Instant now) {
        lock.lock();
        try {
            if (head.isEmpty()) {
                reviews.remove(key(repository, number));
            } else {
                reviews.replace(key(repository, number), head);
            }
            Heard last = heard.get(key(repository, number));
            if (last == null || last.head().equals(head) || isOver(last, now)) {
                return Optional.empty();
            }
            Duration passed = Duration.between(last.at(), now);
            return Optional.of(passed.compareTo(PAUSE) > 0 ? passed : PAUSE);
        } finally {
            lock.unlock();
        }
    }

    /** The review is over, well or not. */
    void ends(String repository, int number) {
        lock.lock();
        try {
            reviews.remove(key(repository, number));
        } finally {
            lock.unlock();
        }
    }

    private static String key(String repository, int number) {
        return repository + "#" + number;
    }

    private static boolean isOver(Heard heard, Instant now) {
        return !now.isBefore(heard.at().plus(LAG));
    }
}

package dev.mergeway.reconciler.forge.local;

import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pull requests of one repository, kept beside it: {@code mergeway/pulls/7/pull} and {@code mergeway/tracked}. Read
 * once, then written through. Not safe for many threads: {@link Watched} holds the lock.
 */
final class PullBook {
    private static final Logger LOG = LoggerFactory.getLogger(PullBook.class);
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    private final Shelf shelf;
    private final SortedMap<Integer, Pull> pulls = new TreeMap<>();
    private final TreeSet<Integer> unreadable = new TreeSet<>();
    private String tracked;

    PullBook(Shelf shelf) throws IOException {
        this.shelf = shelf;
        this.tracked = shelf.read("tracked").map(String::strip).orElse("");
        for (String name : shelf.names("pulls")) {
            if (NUMBER.matcher(name).matches()) {
                read(Integer.parseInt(name));
            }
        }
    }

    private void read(int number) throws IOException {
        Optional<String> text = shelf.read(file(number));
        if (text.isEmpty()) {
            unreadable.add(number);
            return;
        }
        try {
            Pull pull = Pull.of(Fields.read(text.get()));
            if (pull.number() != number) {
                throw new IllegalArgumentException("it says number " + pull.number());
            }
            pulls.put(number, pull);
        } catch (IllegalArgumentException e) {
            LOG.warn("mergeway/{} cannot be read: {}; it is set aside and made again", file(number), e.getMessage());
            shelf.setAside(file(number));
            unreadable.add(number);
        }
    }

    private static String file(int number) {
        return "pulls/" + number + "/pull";
    }

    /** Tip of the tracked branch when it was looked at last, "" where it never was. */
    String tracked() {
        return tracked;
    }

    void track(String commit) throws IOException {
        shelf.write("tracked", commit + "\n");
        tracked = commit;
    }

    Collection<Pull> all() {
        return Collections.unmodifiableCollection(pulls.values());
    }

    Optional<Pull> pull(int number) {
        return Optional.ofNullable(pulls.get(number));
    }

    Optional<Pull> ofBranch(String branch) {
        return pulls.values().stream()
                .filter(pull -> pull.branch().equals(branch))
                .findFirst();
    }

    /** Numbers that were given away but of which nothing can be read: they are never given to somebody else. */
    Collection<Integer> unreadable() {
        return Collections.unmodifiableCollection(unreadable);
    }

    /** The next free number; one more than the largest that is known or reserved. */
    int next(int reserved) {
        int known = pulls.isEmpty() ? 0 : pulls.lastKey();
        int broken = unreadable.isEmpty() ? 0 : unreadable.last();
        return Math.max(reserved, Math.max(known, broken)) + 1;
    }

    void keep(Pull pull) throws IOException {
        shelf.write(file(pull.number()), Fields.write(pull.fields()));
        pulls.put(pull.number(), pull);
        unreadable.remove(pull.number());
    }
}

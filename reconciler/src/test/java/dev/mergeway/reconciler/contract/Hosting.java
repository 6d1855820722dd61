package dev.mergeway.reconciler.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a stand-in remembers of one repository, whatever its API looks like. All methods hold its lock. */
final class Hosting {
    /** Who the service is. */
    static final String BOT = "mergeway";

    /** Who may write. */
    static final String ROSA = "rosa";

    /** Who may write, too. */
    static final String MARIA = "maria";

    /** The team that owns everything, by the file of code owners; maria is in it. */
    static final String TEAM = "acme/reviewers";

    private final Origin origin;
    private final Listener listener;
    private final Map<Integer, Pull> pulls = new LinkedHashMap<>();
    private final Map<Long, Comment> comments = new LinkedHashMap<>();
    private final List<Status> statuses = new ArrayList<>();
    private Map<String, String> tips;
    private long last = 1000;
    private int lag;

    Hosting(Origin origin, Listener listener) {
        this.origin = origin;
        this.listener = listener;
        this.tips = origin.branches();
    }

    /** Is told what happened, as a webhook is. */
    interface Listener {
        void pushed(String branch, String before, String after);

        void pull(Pull pull, String what, String actor);

        void commented(Pull pull, Comment comment);

        void reviewed(Pull pull, String reviewer);
    }

    /** A commit id that stands for none. */
    static final String NONE = "0".repeat(40);

    /** A pull request. */
    static final class Pull {
        final int number;
        final String author;
        final String branch;
        final String base;
        String title;
        String body;
        String head;
        String state = "open";

        @Nullable
        String merge;

        final Map<String, String> approvals = new LinkedHashMap<>();

        Pull(int number, String author, String branch, String base, String title, String body, String head) {
            this.number = number;
            this.author = author;
            this.branch = branch;
            this.base = base;
            this.title = title;
            this.body = body;
            this.head = head;
        }
    }

    /** A comment; one at a line of a file has a path. */
    static final class Comment {
        final long id;
        final int pull;
        final String author;
        final String path;
        final int line;
        final List<String> reactions = new ArrayList<>();
        String body;

        Comment(long id, int pull, String author, String body, String path, int line) {
            this.id = id;
            this.pull = pull;
            this.author = author;
            this.body = body;
            this.path = path;
            this.line = line;
        }
    }

    /** A status of a commit. */
    record Status(String commit, String context, String state, String description) {}

    Origin origin() {
        return origin;
    }

    /** What a user may do: {@code admin write read none}. */
    static String permission(String user) {
        return switch (user) {
            case BOT -> "admin";
            case ROSA, MARIA -> "write";
            case "guest" -> "read";
            default -> "none";
        };
    }

    synchronized long id() {
        return ++last;
    }

    /** Opens a pull request; gives it. */
    synchronized Pull open(String author, String branch, String base, String title, String body) {
        int number = pulls.size() + 1;
        Pull pull =
                new Pull(number, author, branch, base, title, body, origin.git("rev-parse", "refs/heads/" + branch));
        pulls.put(number, pull);
        listener.pull(pull, "opened", author);
        return pull;
    }

    /** Merges a pull request; gives the merge commit. */
    synchronized String merge(int number) {
        Pull pull = pulls.get(number);
        if (pull == null) {
            throw new IllegalStateException("no pull request " + number);
        }
        pull.merge = origin.merge(pull.base, pull.head, "Merge pull request #" + number + " from " + pull.branch);
        pull.state = "merged";
        look();
        listener.pull(pull, "merged", MARIA);
        return String.valueOf(pull.merge);
    }

    /** Somebody approves what is at the head now. */
    synchronized void approve(int number, String user) {
        pull(number).ifPresent(pull -> {
            pull.approvals.put(user, pull.head);
            listener.reviewed(pull, user);
        });
    }

    /** Looks what became of the branches. */
    synchronized void look() {
        Map<String, String> now = origin.branches();
        Map<String, String> before = tips;
        tips = now;
        now.forEach((branch, tip) -> {
            String was = before.getOrDefault(branch, NONE);
            if (!was.equals(tip)) {
                listener.pushed(branch, was, tip);
                pulls.values().stream()
                        .filter(pull -> pull.branch.equals(branch) && pull.state.equals("open"))
                        .forEach(pull -> {
                            pull.head = tip;
                            listener.pull(pull, "synchronize", ROSA);
                        });
            }
        });
    }

    synchronized Optional<Pull> pull(int number) {
        return Optional.ofNullable(pulls.get(number));
    }

    /** The API lags behind the webhooks: so many reads of a pull request find none. */
    synchronized void lag(int reads) {
        lag = reads;
    }

    /** A pull request as the API has it. */
    synchronized Optional<Pull> read(int number) {
        return lag-- > 0 ? Optional.empty() : pull(number);
    }

    synchronized List<Pull> open(String base) {
        return pulls.values().stream()
                .filter(pull -> pull.state.equals("open") && pull.base.equals(base))
                .toList();
    }

    /** The pull requests that brought a commit, or would. */
    synchronized List<Pull> of(String commit) {
        return pulls.values().stream()
                .filter(pull -> pull.head.equals(commit) || commit.equals(pull.merge))
                .toList();
    }

    /** Somebody writes a comment; it is told where somebody else than the service does. */
    synchronized Comment say(int number, String author, String body, String path, int line) {
        Comment comment = new Comment(id(), number, author, body, path, line);
        comments.put(comment.id, comment);
        pull(number).filter(any -> path.isEmpty()).ifPresent(pull -> listener.commented(pull, comment));
        return comment;
    }

    synchronized Optional<Comment> comment(long id) {
        return Optional.ofNullable(comments.get(id));
    }

    synchronized void delete(long id) {
        comments.remove(id);
    }

    /** The comments of a pull request, oldest first; those at lines or the others. */
    synchronized List<Comment> comments(int number, boolean atLines) {
        return comments.values().stream()
                .filter(comment -> comment.pull == number && comment.path.isEmpty() != atLines)
                .toList();
    }

    synchronized void status(Status status) {
        statuses.add(status);
    }

    /** The latest status of a commit and context, as {@code state: description}; "" for none. */
    synchronized String status(String commit, String context) {
        return statuses.stream()
                .filter(status ->
                        status.commit().equals(commit) && status.context().equals(context))
                .map(status -> status.state() + ": " + status.description())
                .reduce("", (first, next) -> next);
    }
}

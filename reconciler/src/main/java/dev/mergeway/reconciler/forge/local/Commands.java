package dev.mergeway.reconciler.forge.local;

import dev.mergeway.reconciler.port.BareRepository;
import dev.mergeway.reconciler.port.BareRepository.Ref;
import dev.mergeway.reconciler.port.Forge.Approval;
import dev.mergeway.reconciler.port.Forge.Reaction;
import dev.mergeway.reconciler.port.Repository.Commit;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.webhooks.event.RepoEvent.Commented;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What plain Git can say beside branches: a tag {@code mergeway/VERB/NUMBER[/WHO]} stands for the comment {@code
 * /mergeway VERB} on that pull request. Tags are visible to everybody, name a commit, and are pushed without a checkout:
 *
 * <pre>
 * git push origin add-queue:refs/tags/mergeway/approve/7/ada   # approves that very commit
 * git push origin main:refs/tags/mergeway/rollback/7
 * </pre>
 *
 * An approval stays, and covers the commit that it points at: the head, or once that is merged the tracked branch with it.
 * One of any other commit is of something that is not shown, and is taken away once it was answered, as is any other
 * command, so that it can be pushed again.
 */
final class Commands {
    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);
    private static final String TAGS = "refs/tags/mergeway/";
    private static final String APPROVE = "approve";
    private static final Pattern TAG = Pattern.compile(Pattern.quote(TAGS) + "([a-z]+)/([1-9][0-9]{0,8})(?:/([^/]+))?");

    /** When somebody approved what was never shown: before anything was. */
    static final Instant NEVER = Instant.EPOCH;

    /** Comment ids of one pull request start here times its number, so that they are unique in the repository. */
    private static final long PER_PULL = 1_000_000;

    private final Hosted hosted;
    private final BareRepository git;
    private final Shelf shelf;

    /** Tags that nobody answers, so that each is logged once. */
    private final Set<String> strange = new HashSet<>();

    Commands(Hosted hosted, BareRepository git, Shelf shelf) {
        this.hosted = hosted;
        this.git = git;
        this.shelf = shelf;
    }

    /** Commands that nobody has answered yet, each as often as it is asked for. */
    List<Commented> waiting(PullBook book) throws RepositoryException, IOException {
        List<Commented> waiting = new ArrayList<>();
        for (Ref ref : git.refs(TAGS)) {
            Matcher tag = TAG.matcher(ref.name());
            Optional<Pull> pull = tag.matches() ? book.pull(Integer.parseInt(tag.group(2))) : Optional.empty();
            if (pull.isEmpty()) {
                if (strange.add(ref.name())) {
                    LOG.warn(
                            "tag {} in {} is no command on a pull request, so nobody answers it: it is written"
                                    + " mergeway/VERB/NUMBER/WHO",
                            Pull.line(ref.name()),
                            hosted.path());
                }
                continue;
            }
            int number = pull.get().number();
            Map<String, String> command = written(number, ref, who(ref, tag));
            if (command.getOrDefault("reaction", "").isEmpty()) {
                boolean stale = tag.group(1).equals(APPROVE) && !covers(pull.get(), ref.commit());
                if (stale) {
                    command.put("stale", "yes");
                    shelf.write(file(number, Long.parseLong(Fields.need(command, "id"))), Fields.write(command));
                }
                waiting.add(new Commented(
                        hosted.path(),
                        number,
                        Long.parseLong(Fields.need(command, "id")),
                        Fields.need(command, "user"),
                        "/mergeway " + tag.group(1),
                        false,
                        stale ? NEVER : null));
            } else {
                takeAway(command);
            }
        }
        return waiting;
    }

    /** Whether who approves a commit has seen what is merged, or would be. */
    private boolean covers(Pull pull, String commit) throws RepositoryException {
        return commit.equals(pull.head())
                || (!pull.merge().isEmpty() && git.holds(commit) && git.isAncestor(pull.merge(), commit));
    }

    /** Writes the answer down, then takes the tag away: if only the first happened, the next look does the second. */
    void answer(int number, long comment, Reaction reaction) throws RepositoryException, IOException {
        String file = file(number, comment);
        Optional<String> text = shelf.read(file);
        if (text.isPresent()) {
            Map<String, String> command = Fields.read(text.get());
            command.put("reaction", reaction.name().toLowerCase(Locale.ROOT));
            shelf.write(file, Fields.write(command));
            takeAway(command);
        }
    }

    /** Approvals of a commit. */
    List<Approval> approvals(Pull pull, String head) throws RepositoryException {
        List<Approval> approvals = new ArrayList<>();
        for (Ref ref : git.refs(TAGS + APPROVE + "/" + pull.number())) {
            Matcher tag = TAG.matcher(ref.name());
            boolean covers =
                    ref.commit().equals(head) || (ref.commit().equals(pull.merge()) && head.equals(pull.head()));
            if (covers && tag.matches() && Integer.parseInt(tag.group(2)) == pull.number()) {
                approvals.add(new Approval(sameAsAuthor(who(ref, tag), pull), head, ""));
            }
        }
        return approvals;
    }

    private void takeAway(Map<String, String> command) throws RepositoryException, IOException {
        String ref = Fields.need(command, "ref");
        if (!ref.startsWith(TAGS + APPROVE + "/") || command.containsKey("stale")) {
            git.point(ref, Optional.of(Fields.need(command, "commit")), Optional.empty());
            command.put("over", "yes");
            long id = Long.parseLong(Fields.need(command, "id"));
            shelf.write(file((int) (id / PER_PULL), id), Fields.write(command));
        }
    }

    /** The command as it was written down at first sight; the same tag pushed again after its answer is a new one. */
    private Map<String, String> written(int number, Ref ref, String who) throws IOException {
        List<String> names = shelf.names(folder(number));
        long last = number * PER_PULL;
        for (String name : names) {
            Map<String, String> command =
                    Fields.read(shelf.read(folder(number) + "/" + name).orElse(""));
            boolean same = ref.name().equals(command.get("ref")) && ref.commit().equals(command.get("commit"));
            if (same && !command.containsKey("over")) {
                return command;
            }
            last = Math.max(last, name.matches("[0-9]{1,18}") ? Long.parseLong(name) : 0);
        }
        Map<String, String> command = Fields.of(
                "id", String.valueOf(last + 1), "ref", ref.name(), "commit", ref.commit(), "user", who, "reaction", "");
        shelf.write(file(number, last + 1), Fields.write(command));
        return command;
    }

    private static String folder(int number) {
        return "pulls/" + number + "/commands";
    }

    private static String file(int number, long comment) {
        return folder(number) + "/" + comment;
    }

    private static String who(Ref ref, Matcher tag) {
        String named = tag.group(3) == null ? "unnamed" : tag.group(3);
        return Pull.line(ref.tagger().isEmpty() ? named : ref.tagger());
    }

    /** The author under another spelling (full name, address, login) is still the author: nobody approves his own. */
    private String sameAsAuthor(String user, Pull pull) throws RepositoryException {
        Commit head = git.commit(pull.head());
        String email = head.email();
        int at = email.indexOf('@');
        for (String spelling : List.of(pull.author(), email, at < 0 ? email : email.substring(0, at))) {
            if (plain(spelling).equals(plain(user))) {
                return pull.author();
            }
        }
        return user;
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[\\s._-]+", "");
    }
}

package dev.mergeway.reconciler.forge.local;

import dev.mergeway.reconciler.port.BareRepository;
import dev.mergeway.reconciler.port.BareRepository.Author;
import dev.mergeway.reconciler.port.Clock;
import dev.mergeway.reconciler.port.Forge;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.Remark;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.webhooks.event.RepoEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Bare repositories on disk as a forge, for plain Git. Every branch but the tracked one is a pull request onto it; it has
 * a number of its own for good, the subject of its head commit as title and that commit's author as author. A push to the
 * tracked branch that brings the head in (merged, fast-forwarded, squashed or rebased) merges it; deleting the branch
 * otherwise closes it; pushing it again opens it again. A branch without a commit of its own is none yet.
 *
 * <p>All state is in the folder {@code mergeway} of the bare repository, as small text files, and in {@code refs/pull/N/head}:
 * losing the database or the process loses none of it. One process at a time serves a folder.
 *
 * <p>The local forge knows no users. Who can write to the folder may do everything; names are what commits and tags say.
 * Commands and approvals are tags, see {@link Commands}: {@code git push origin add-queue:refs/tags/mergeway/approve/7/ada}.
 */
public final class LocalForge implements Forge {
    private static final int COMMENT_LIMIT = 1_000_000;

    private final String name;
    private final String publicUrl;
    private final Clock clock;
    private final Map<String, Desk> desks = new LinkedHashMap<>();

    /** Opens a bare repository, making it where it is absent. */
    @FunctionalInterface
    public interface Opening {
        /**
         * @param hosted which one
         * @param folder where it is
         */
        BareRepository open(Hosted hosted, Path folder) throws RepositoryException;
    }

    /**
     * @param name its name in the configuration
     * @param root the folder of the repositories
     * @param repositories those that it serves, and no others
     * @param publicUrl where Mergeway's pages are; a pull request's is {@code publicUrl/pulls/NAME/NUMBER}
     * @param clock the time that its own commits carry
     */
    public LocalForge(String name, Path root, List<Hosted> repositories, String publicUrl, Clock clock, Opening opening)
            throws ForgeException {
        this.name = name;
        this.publicUrl = publicUrl.replaceAll("/+$", "");
        this.clock = clock;
        for (Hosted hosted : repositories) {
            Path folder = folder(root, hosted);
            try {
                desks.put(hosted.path(), new Desk(hosted, folder, opening.open(hosted, folder)));
            } catch (RepositoryException | IOException e) {
                close();
                throw failure("opening " + folder, e);
            }
        }
    }

    /** Where a repository of the forge is on disk: {@code root/acme/shop.git}. */
    public static Path folder(Path root, Hosted hosted) {
        return root.resolve(hosted.path() + ".git");
    }

    @Override
    public String name() {
        return name;
    }

    /**
     * What happened in a repository since this was asked last: pushes, pull requests, and commands that nobody has answered
     * by {@link #react} yet (those come again). What a killed process did not hand on is found by looking at the open pull
     * requests and the tracked branch at start, as with any forge.
     */
    public List<RepoEvent> look(String repository) throws ForgeException {
        return at(repository, "looking", Desk::news);
    }

    @Override
    public List<PullRequest> open(String repository, String base) throws ForgeException {
        return at(
                repository,
                "listing pull requests",
                desk -> desk.book().all().stream()
                        .filter(pull -> pull.state() == PullRequest.State.OPEN
                                && pull.base().equals(base))
                        .map(pull -> shown(desk, pull))
                        .toList());
    }

    @Override
    public Optional<PullRequest> pull(String repository, int number) throws ForgeException {
        return at(
                repository,
                "reading pull request " + number,
                desk -> desk.book().pull(number).map(pull -> shown(desk, pull)));
    }

    @Override
    public List<PullRequest> pullsOf(String repository, String commit) throws ForgeException {
        return at(
                repository,
                "finding the pull requests of " + commit,
                desk -> desk.branches.broughtIn(commit).stream()
                        .map(pull -> shown(desk, pull))
                        .toList());
    }

    @Override
    public void say(String repository, int number, String marker, String markdown) throws ForgeException {
        at(repository, "commenting on pull request " + number, desk -> {
            desk.need(number);
            if (markdown.length() > COMMENT_LIMIT || !markdown.contains(marker)) {
                throw new IOException("a comment has at most " + COMMENT_LIMIT + " characters, and holds its marker");
            }
            desk.comments.say(number, marker, markdown);
            return number;
        });
    }

    @Override
    public Optional<String> said(String repository, int number, String marker) throws ForgeException {
        return at(repository, "reading comments of " + number, desk -> desk.comments.said(number, marker));
    }

    @Override
    public Optional<String> commanding(PullRequest pull) {
        String branch = pull.state() == PullRequest.State.MERGED ? pull.base() : pull.branch();
        String plain = branch.matches("[A-Za-z0-9._/+-]+") ? branch : "'" + branch.replace("'", "'\\''") + "'";
        return Optional.of("git push origin " + plain + ":refs/tags/mergeway/approve/" + pull.number() + "/YOUR-NAME");
    }

    /** Nothing, to whoever approves a commit that is not the pull request's; else nobody can tell. */
    @Override
    public Optional<String> shown(String repository, int number, String marker, Instant at) {
        return at.equals(Commands.NEVER) ? Optional.of("") : Optional.empty();
    }

    @Override
    public void status(String repository, String commit, CommitStatus status) throws ForgeException {
        at(repository, "setting a status of " + commit, desk -> {
            desk.comments.status(commit, status);
            return commit;
        });
    }

    /** Statuses of a commit, by context. */
    public List<CommitStatus> statuses(String repository, String commit) throws ForgeException {
        return at(repository, "reading statuses of " + commit, desk -> desk.comments.statusesOf(commit));
    }

    @Override
    public void annotate(String repository, PullRequest pull, List<Remark> remarks) throws ForgeException {
        at(repository, "writing findings of " + pull.number(), desk -> {
            desk.comments.annotate(
                    desk.need(pull.number()).number(),
                    remarks.stream().map(Remark::finding).toList());
            return pull;
        });
    }

    @Override
    public void react(String repository, int number, long comment, Reaction reaction) throws ForgeException {
        at(repository, "answering a command on " + number, desk -> {
            desk.commands.answer(number, comment, reaction);
            return reaction;
        });
    }

    @Override
    public List<Approval> approvals(String repository, int number, String head) throws ForgeException {
        return at(
                repository, "reading approvals of " + number, desk -> desk.commands.approvals(desk.need(number), head));
    }

    /** Everything, for whoever can write to the folder: the file system has decided already. */
    @Override
    public Permission permission(String repository, String user) throws ForgeException {
        return at(repository, "reading permissions", desk -> Permission.ADMIN);
    }

    @Override
    public int propose(
            String repository,
            String base,
            String branch,
            String title,
            String body,
            Map<String, Optional<byte[]>> changes)
            throws ForgeException {
        return at(repository, "proposing " + branch, desk -> {
            var author = new Author("Mergeway", "mergeway@localhost", clock.now());
            String message = title + "\n\n" + body.strip() + "\n";
            desk.propose(base, branch, commit -> desk.git.write(commit, changes, author, message));
            desk.branches.look();
            return desk.book()
                    .ofBranch(branch)
                    .map(Pull::number)
                    .orElseThrow(() -> new IOException("it changes nothing"));
        });
    }

    @Override
    public int commentLimit() {
        return COMMENT_LIMIT;
    }

    @Override
    public void close() {
        desks.values().forEach(desk -> desk.git.close());
    }

    private PullRequest shown(Desk desk, Pull pull) {
        return pull.seenAs(publicUrl + "/pulls/" + desk.hosted.name() + "/" + pull.number());
    }

    private interface Task<T> {
        T at(Desk desk) throws IOException, RepositoryException;
    }

    private <T> T at(String repository, String what, Task<T> task) throws ForgeException {
        Desk desk = desks.get(repository);
        if (desk == null) {
            throw new ForgeException(
                    "Forge " + name + " does not serve '" + repository + "'; it serves "
                            + new ArrayList<>(desks.keySet()) + ". Correct the path in the configuration.",
                    false,
                    null,
                    null);
        }
        desk.lock.lock();
        try {
            desk.branches.look();
            return task.at(desk);
        } catch (IOException | UncheckedIOException | IllegalArgumentException | RepositoryException e) {
            throw failure(what + " in " + repository, e);
        } finally {
            desk.lock.unlock();
        }
    }

    private ForgeException failure(String what, Exception e) {
        boolean passing = !(e instanceof RepositoryException broken) || broken.passing();
        String next = passing ? " It is tried again." : "";
        return new ForgeException(
                "Forge " + name + ": " + what + " failed: " + e.getMessage() + "." + next, passing, null, e);
    }
}

package dev.mergeway.reconciler.forge.local;

import dev.mergeway.reconciler.port.BareRepository;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.webhooks.event.RepoEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** All that belongs to one repository, under one lock. */
final class Desk {
    final Hosted hosted;
    final BareRepository git;
    final LocalRepository branches;
    final Comments comments;
    final Commands commands;
    final ReentrantLock lock = new ReentrantLock();

    Desk(Hosted hosted, Path folder, BareRepository git) throws IOException {
        var shelf = new Shelf(folder.resolve("mergeway"));
        this.hosted = hosted;
        this.git = git;
        this.branches = new LocalRepository(hosted, git, new PullBook(shelf));
        this.comments = new Comments(shelf);
        this.commands = new Commands(hosted, git, shelf);
    }

    PullBook book() {
        return branches.book();
    }

    List<RepoEvent> news() throws RepositoryException, IOException {
        List<RepoEvent> news = new ArrayList<>(branches.news());
        news.addAll(commands.waiting(book()));
        return news;
    }

    Pull need(int number) throws IOException {
        return book().pull(number).orElseThrow(() -> new IOException("there is no pull request " + number));
    }

    interface Writing {
        String commit(String parent) throws RepositoryException;
    }

    /**
     * Puts a commit onto the branch: on top of what is there (nobody's work is thrown away), or of the base where there is
     * no such branch or it was merged. What reads the same already is left alone.
     */
    void propose(String base, String branch, Writing writing) throws RepositoryException, IOException {
        if (branch.equals(hosted.branch()) || !base.equals(hosted.branch())) {
            throw new IOException("pull requests go from a branch of their own onto " + hosted.branch());
        }
        String onto = git.head(base).orElseThrow(() -> new IOException("there is no branch " + base + " yet"));
        Optional<String> head = git.head(branch);
        boolean more = head.isPresent() && !git.isAncestor(head.get(), onto);
        String parent = more ? head.get() : onto;
        String commit = writing.commit(parent);
        if (git.changed(parent, commit).isEmpty()) {
            return;
        }
        if (!git.point("refs/heads/" + branch, head, Optional.of(commit))) {
            throw new IOException("branch " + branch + " moved meanwhile");
        }
    }
}

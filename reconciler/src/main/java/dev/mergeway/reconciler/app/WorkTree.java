package dev.mergeway.reconciler.app;

import dev.mergeway.reconciler.port.Repository;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.port.Snapshot;
import java.util.List;
import java.util.Optional;

/** A working tree as a repository that has only its files: for plans of what is not committed yet. */
final class WorkTree implements Repository {
    private final String name;
    private final Snapshot files;

    WorkTree(String name, Snapshot files) {
        this.name = name;
        this.files = files;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void fetch() {}

    @Override
    public void fetch(String commit, List<String> refs) {}

    @Override
    public Optional<String> head(String branch) {
        return Optional.of(files.commit());
    }

    @Override
    public List<Branch> branches() {
        return List.of();
    }

    @Override
    public Snapshot snapshot(String commit) {
        return files;
    }

    @Override
    public List<String> changed(String before, String after) {
        return List.of();
    }

    @Override
    public Merge merge(String base, String head) {
        return new Merge.Clean(files);
    }

    @Override
    public Commit commit(String id) throws RepositoryException {
        throw new RepositoryException("A working tree has no commits.", false, null);
    }

    @Override
    public List<Commit> between(String before, String after, int limit) {
        return List.of();
    }

    @Override
    public Optional<Commit> lastChange(String path, String before, String after) {
        return Optional.empty();
    }

    @Override
    public boolean isAncestor(String ancestor, String descendant) {
        return false;
    }

    @Override
    public void close() {}
}

package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.Forge;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.Repository;
import dev.mergeway.reconciler.port.Target;
import dev.mergeway.reconciler.report.Facts;
import dev.mergeway.reconciler.report.PlanComment;
import dev.mergeway.reconciler.run.RepositoryInfo;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Everything outside that the flows deal with, by configured name.
 *
 * @param infos the repositories as configured
 * @param repositories the repositories
 * @param forges the forges
 * @param targets the targets
 */
public record World(
        Map<String, RepositoryInfo> infos,
        Map<String, Repository> repositories,
        Map<String, Forge> forges,
        Map<String, Target> targets) {
    public World {
        infos = Map.copyOf(infos);
        repositories = Map.copyOf(repositories);
        forges = Map.copyOf(forges);
        targets = Map.copyOf(targets);
    }

    /** A repository as configured, by its name; empty for one that is configured no more. */
    public Optional<RepositoryInfo> info(String repository) {
        return Optional.ofNullable(infos.get(repository));
    }

    /** The repository of an info. */
    public Repository repository(RepositoryInfo info) {
        return known(repositories.get(info.name()), "repository", info.name());
    }

    /** The forge of a repository. */
    public Forge forge(RepositoryInfo info) {
        return known(forges.get(info.forge()), "forge", info.forge());
    }

    /** What our comment on a pull request says; empty where there is none. */
    Optional<Facts> said(RepositoryInfo info, int number) throws ForgeException {
        return forge(info).said(info.path(), number, PlanComment.MARKER).flatMap(PlanComment::facts);
    }

    /** All repositories as configured. */
    public Collection<RepositoryInfo> all() {
        return infos.values();
    }

    private static <T> T known(@org.jspecify.annotations.Nullable T found, String what, String name) {
        if (found == null) {
            throw new IllegalStateException("no " + what + " is wired as " + name);
        }
        return found;
    }
}

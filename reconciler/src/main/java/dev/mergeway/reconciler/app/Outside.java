package dev.mergeway.reconciler.app;

import dev.mergeway.reconciler.app.ServerConfig.ForgeConfig;
import dev.mergeway.reconciler.app.ServerConfig.TargetConfig;
import dev.mergeway.reconciler.directory.DirectoryTarget;
import dev.mergeway.reconciler.flow.World;
import dev.mergeway.reconciler.forge.local.Hosted;
import dev.mergeway.reconciler.forge.local.LocalForge;
import dev.mergeway.reconciler.git.JGitRepository;
import dev.mergeway.reconciler.git.Login;
import dev.mergeway.reconciler.git.OriginRepository;
import dev.mergeway.reconciler.git.StandingRepository;
import dev.mergeway.reconciler.port.Clock;
import dev.mergeway.reconciler.port.Forge;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.Repository;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.port.Target;
import dev.mergeway.reconciler.port.TargetException;
import dev.mergeway.reconciler.run.RepositoryInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Makes the repositories, forges and targets of a configuration, and closes them again. */
final class Outside implements AutoCloseable {
    private final ServerConfig config;
    private final Clock clock;
    private final Map<String, RepositoryInfo> infos = new LinkedHashMap<>();
    private final Map<String, Repository> repositories = new LinkedHashMap<>();
    private final Map<String, Forge> forges = new LinkedHashMap<>();
    private final Map<String, Target> targets = new LinkedHashMap<>();
    private final Map<String, Path> bare = new LinkedHashMap<>();

    Outside(ServerConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** Makes everything. */
    World open() throws RepositoryException, ForgeException, TargetException {
        for (RepositoryInfo info : config.repositories()) {
            infos.put(info.name(), info);
        }
        for (ForgeConfig forge : config.forges()) {
            List<RepositoryInfo> served = config.repositories().stream()
                    .filter(info -> info.forge().equals(forge.name()))
                    .toList();
            if (forge.type().equals("local")) {
                local(forge, served);
            } else {
                remote(forge, served);
            }
        }
        targets();
        return new World(infos, repositories, forges, targets);
    }

    /**
     * What can be looked at without a service, for a plan that writes nothing: the targets, and the repositories that are on
     * this disk already, as they stand there. Nothing is cloned or fetched.
     *
     * @param planned the repository that is planned
     * @param files what is planned of it
     */
    World look(RepositoryInfo planned, Repository files) throws RepositoryException, TargetException {
        infos.put(planned.name(), planned);
        repositories.put(planned.name(), files);
        for (RepositoryInfo info : config.repositories()) {
            if (!info.equals(planned)) {
                standing(info).ifPresent(repository -> {
                    infos.put(info.name(), info);
                    repositories.put(info.name(), repository);
                });
            }
        }
        targets();
        return new World(infos, repositories, forges, targets);
    }

    /** The configured repositories that were not opened. */
    List<RepositoryInfo> absent() {
        return config.repositories().stream()
                .filter(info -> !infos.containsKey(info.name()))
                .toList();
    }

    /**
     * A repository as it is on this disk already.
     *
     * @throws RepositoryException if it has not been cloned
     */
    Repository existing(RepositoryInfo info) throws RepositoryException {
        return standing(info)
                .orElseThrow(() -> new RepositoryException(
                        "Repository " + info.name() + " has not been cloned to " + folder(info)
                                + " yet: run mergeway serve with this configuration first.",
                        false,
                        null));
    }

    private Optional<StandingRepository> standing(RepositoryInfo info) throws RepositoryException {
        ForgeConfig forge = forge(info);
        return forge.type().equals("local")
                ? JGitRepository.standing(info.name(), folder(info))
                : JGitRepository.standingMirror(info.name(), folder(info), url(forge, info));
    }

    private ForgeConfig forge(RepositoryInfo info) {
        return config.forges().stream()
                .filter(each -> each.name().equals(info.forge()))
                .findFirst()
                .orElseThrow();
    }

    private Path folder(RepositoryInfo info) {
        ForgeConfig forge = forge(info);
        return forge.type().equals("local")
                ? LocalForge.folder(Path.of(forge.location()), new Hosted(info.name(), info.path(), info.branch()))
                : clone(info);
    }

    private static String url(ForgeConfig forge, RepositoryInfo info) {
        return forge.location() + "/" + info.path() + ".git";
    }

    private Path clone(RepositoryInfo info) {
        return config.dataDir().resolve("repositories").resolve(info.name() + ".git");
    }

    private void local(ForgeConfig forge, List<RepositoryInfo> served) throws ForgeException {
        Path root = Path.of(forge.location());
        List<Hosted> hosted = new ArrayList<>();
        for (RepositoryInfo info : served) {
            Hosted one = new Hosted(info.name(), info.path(), info.branch());
            hosted.add(one);
            bare.put(info.name(), LocalForge.folder(root, one));
        }
        LocalForge made =
                new LocalForge(forge.name(), root, hosted, config.publicUrl().toString(), clock, (one, folder) -> {
                    OriginRepository repository = JGitRepository.origin(one.name(), folder, one.branch());
                    repositories.put(one.name(), repository);
                    return repository;
                });
        forges.put(forge.name(), made);
    }

    private void remote(ForgeConfig forge, List<RepositoryInfo> served) throws RepositoryException, ForgeException {
        forges.put(forge.name(), RemoteForges.open(forge, clock));
        for (RepositoryInfo info : served) {
            Path folder = clone(info);
            repositories.put(
                    info.name(),
                    JGitRepository.mirror(info.name(), folder, url(forge, info), () -> login(forge, info)));
        }
    }

    /** The token as configured, or one of a GitHub App's installation. */
    private Optional<Login> login(ForgeConfig forge, RepositoryInfo info) throws IOException {
        if (!forge.token().isEmpty()) {
            return Optional.of(new Login("mergeway", forge.token()));
        }
        try {
            return Objects.requireNonNull(forges.get(forge.name()))
                    .gitToken(info.path())
                    .map(token -> new Login("x-access-token", token));
        } catch (ForgeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void targets() throws TargetException {
        for (TargetConfig target : config.targets()) {
            targets.put(
                    target.name(),
                    switch (target) {
                        case TargetConfig.Directory(String name, Path path) -> new DirectoryTarget(name, path);
                        case TargetConfig.Kubernetes kubernetes -> Clusters.open(kubernetes);
                        case TargetConfig.Aws aws -> throw Clusters.notYet(aws);
                    });
        }
    }

    /** Bare repositories of local forges, by the name of the repository. */
    Map<String, Path> bare() {
        return bare;
    }

    @Override
    public void close() {
        targets.values().forEach(Target::close);
        forges.values().forEach(Forge::close);
        // A local forge closes its repositories itself.
        repositories.forEach((name, repository) -> {
            if (!bare.containsKey(name)) {
                repository.close();
            }
        });
    }
}

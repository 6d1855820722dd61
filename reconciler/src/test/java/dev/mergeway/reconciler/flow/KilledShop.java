package dev.mergeway.reconciler.flow;

import static dev.mergeway.reconciler.flow.Lab.SHOP;

import dev.mergeway.reconciler.git.JGitRepository;
import dev.mergeway.reconciler.git.OriginRepository;
import dev.mergeway.reconciler.kubernetes.ClusterAccess;
import dev.mergeway.reconciler.kubernetes.KubernetesTarget;
import dev.mergeway.reconciler.port.Agenda;
import dev.mergeway.reconciler.port.BareRepository.Author;
import dev.mergeway.reconciler.port.Forge.Approval;
import dev.mergeway.reconciler.port.Journal;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.port.Target;
import dev.mergeway.reconciler.port.TargetException;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.reconciler.run.RunKey;
import dev.mergeway.reconciler.run.RunState;
import dev.mergeway.reconciler.store.Changes;
import dev.mergeway.reconciler.store.Database;
import dev.mergeway.reconciler.store.JdbcJournal;
import dev.mergeway.reconciler.store.JdbcLedger;
import dev.mergeway.schema.model.ResourceKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is left when a process is killed, and a process that goes on with it: a repository and a database on disk, and a
 * cluster. Pull request 7 is of branch {@code feature}, and merged once main is there too.
 */
final class KilledShop implements AutoCloseable {
    private static final Author ROSA = new Author("rosa", "rosa@example.test", Instant.EPOCH);

    /** It holds a blueprint, which only a platform's may. */
    private static final RepositoryInfo PLATFORM =
            new RepositoryInfo("shop", "corp", "acme/shop", "main", RepositoryInfo.Role.PLATFORM, "", List.of());

    private final Path folder;
    private final FakeForge forge = new FakeForge();
    private final OriginRepository repository;
    private final Target target;

    KilledShop(Path folder, Path kubeconfig) throws IOException, RepositoryException {
        this.folder = folder;
        repository = JGitRepository.origin("shop", folder.resolve("shop.git"), "main");
        target = new KubernetesTarget(ClusterAccess.of("cluster", new ClusterAccess.Kubeconfig(kubeconfig, "")));
    }

    /** What wraps the journal of a run. */
    @FunctionalInterface
    interface Wrapping {
        Journal wrapped(Journal journal) throws IOException;
    }

    /** Does what takes longest in a start, and no effect. */
    void getReady() throws ClassNotFoundException, TargetException {
        target.read(new ResourceKey("kubernetes", "cluster", "v1/Namespace", "", "default"));
        Class.forName("org.h2.Driver");
    }

    /** Commits to main. */
    void commit(Map<String, String> files) throws RepositoryException {
        commit("main", files);
    }

    /** Opens the pull request; maria is shown its plan and approves it; it is merged. */
    void merge(Map<String, String> files) throws IOException, RepositoryException {
        String head = commit("feature", files);
        forge.pulls.put(7, Lab.pull(head, false));
        RunKey review = new RunKey.Review("shop", 7);
        run(review, "journal", journal -> journal);
        approve(head);
        run(review, "journal", journal -> journal);
        repository.point("refs/heads/main", repository.head("main"), Optional.of(head));
    }

    /** The comment on the pull request. */
    String comment() {
        return forge.comments.getOrDefault(7, "");
    }

    private void approve(String head) {
        forge.approvals.add(new Approval("maria", head, "1"));
    }

    private String commit(String branch, Map<String, String> files) throws RepositoryException {
        Map<String, Optional<byte[]>> changes = new HashMap<>();
        files.forEach((path, text) -> changes.put(path, Optional.of(text.getBytes(StandardCharsets.UTF_8))));
        String parent = repository.head("main").orElse("");
        String commit = repository.write(parent, changes, ROSA, "Change");
        repository.point("refs/heads/" + branch, repository.head(branch), Optional.of(commit));
        return commit;
    }

    /**
     * A run as the service does it after a start.
     *
     * @param database name of the database, which is made where there is none
     */
    Ending run(RunKey key, String database, Wrapping wrapping) throws IOException, RepositoryException {
        Optional<String> feature = repository.head("feature");
        if (feature.isPresent() && feature.equals(repository.head("main"))) {
            forge.pulls.put(7, Lab.merged(feature.get(), feature.get()));
            approve(feature.get());
        }
        World world = new World(
                Map.of(SHOP.name(), PLATFORM),
                Map.of(SHOP.name(), repository),
                Map.of(SHOP.forge(), forge),
                Map.of(target.name(), target));
        try (Database open = open(database)) {
            Changes changes = new Changes();
            JdbcJournal journal = new JdbcJournal(open, changes, Instant::now);
            journal.unfinished().forEach(run -> journal.end(run.id(), RunState.CANCELLED, "taken up again"));
            Agenda agenda = new Agenda() {
                @Override
                public void ask(RunKey later, Duration delay) {}
            };
            Memory memory = new Memory(
                    new JdbcLedger(open, changes), wrapping.wrapped(journal), agenda, Instant::now, Lab.meter());
            Library library = new Library(world, Lab.meter());
            return new Flows(world, memory, library, "https://mergeway.example.test", new Hints(), 1).run(key);
        }
    }

    /** How many resources of an environment the database knows. */
    int remembered(String environment) {
        try (Database open = open("journal")) {
            return new JdbcLedger(open, new Changes()).count(environment);
        }
    }

    private Database open(String name) {
        return Database.open("jdbc:h2:file:" + folder.resolve(name), "", "");
    }

    @Override
    public void close() {
        target.close();
        repository.close();
    }
}

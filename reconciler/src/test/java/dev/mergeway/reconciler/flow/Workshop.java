package dev.mergeway.reconciler.flow;

import static dev.mergeway.reconciler.flow.Lab.SHOP;

import dev.mergeway.reconciler.directory.DirectoryTarget;
import dev.mergeway.reconciler.git.JGitRepository;
import dev.mergeway.reconciler.git.OriginRepository;
import dev.mergeway.reconciler.port.Agenda;
import dev.mergeway.reconciler.port.BareRepository.Author;
import dev.mergeway.reconciler.port.Forge;
import dev.mergeway.reconciler.port.Meter;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.port.Target;
import dev.mergeway.reconciler.run.EnvironmentState;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.reconciler.run.RunKey;
import dev.mergeway.reconciler.run.RunRecord;
import dev.mergeway.reconciler.store.MemoryStore;
import dev.mergeway.webhooks.event.RepoEvent.CommentDeleted;
import dev.mergeway.webhooks.event.RepoEvent.Commented;
import dev.mergeway.webhooks.event.RepoEvent.PullChanged;
import dev.mergeway.webhooks.event.RepoEvent.PullChanged.Change;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A small world with a real repository and a folder as its target, whose runs are done when the test says so, one after
 * another. Pull request 7 is onto main from {@code feature}.
 */
final class Workshop implements AutoCloseable {
    private static final Author ROSA = new Author("rosa", "rosa@example.test", Instant.EPOCH);

    static final String ENVIRONMENT = "shop-dev";

    final FakeForge forge = new FakeForge();
    final Set<RunKey> asked = new LinkedHashSet<>();
    final RunKey review = new RunKey.Review("shop", 7);
    final RunKey look = new RunKey.Look("shop");
    private static final RepositoryInfo PLATFORM = new RepositoryInfo(
            "platform", "corp", "acme/platform", "main", RepositoryInfo.Role.PLATFORM, "", List.of());

    private final OriginRepository repository;
    private final @Nullable OriginRepository platform;
    private final World world;
    private final Hints hints = new Hints();
    private Instant now = Instant.EPOCH;
    private long said;
    private MemoryStore store = new MemoryStore(() -> now);
    private Wired wired;

    Workshop(Path folder) throws RepositoryException {
        this(folder, SHOP);
    }

    /** @param info the repository {@code shop} */
    Workshop(Path folder, RepositoryInfo info) throws RepositoryException {
        this(folder, info, null);
    }

    /** @param other the forge to use instead of the fake one */
    Workshop(Path folder, RepositoryInfo info, @Nullable Forge other) throws RepositoryException {
        this(folder, info, other, new DirectoryTarget("local", folder.resolve("live")));
    }

    /** @param target the target to use instead of a folder; there is a folder {@code spare} beside it */
    Workshop(Path folder, RepositoryInfo info, @Nullable Forge other, Target target) throws RepositoryException {
        this(folder, info, other, target, null);
    }

    /** One with a repository {@code platform} beside the shop's. */
    static Workshop withPlatform(Path folder) throws RepositoryException {
        Target target = new DirectoryTarget("local", folder.resolve("live"));
        OriginRepository platform = JGitRepository.origin("platform", folder.resolve("platform.git"), "main");
        return new Workshop(folder, SHOP, null, target, platform);
    }

    private Workshop(
            Path folder, RepositoryInfo info, @Nullable Forge other, Target target, @Nullable OriginRepository platform)
            throws RepositoryException {
        repository = JGitRepository.origin("shop", folder.resolve("shop.git"), "main");
        this.platform = platform;
        world = new World(
                platform == null ? Map.of("shop", info) : Map.of("shop", info, "platform", PLATFORM),
                platform == null ? Map.of("shop", repository) : Map.of("shop", repository, "platform", platform),
                Map.of("corp", other == null ? forge : other),
                Map.of("local", target, "spare", new DirectoryTarget("spare", folder.resolve("spare"))));
        wired = wired();
        commit("main", Map.of("readme.txt", "shop\n"));
    }

    private record Wired(Flows flows, PullNews news, CommentCommands commands) {}

    private Wired wired() {
        Agenda agenda = new Agenda() {
            @Override
            public void ask(RunKey key, Duration delay) {
                asked.add(key);
            }
        };
        Meter meter = Lab.meter();
        Memory memory = new Memory(store, store, agenda, () -> now, meter);
        String pages = "https://mergeway.example.test";
        return new Wired(
                new Flows(world, memory, new Library(world, meter), pages, hints, 1),
                new PullNews(memory, hints.announcements()),
                new CommentCommands(memory));
    }

    /** The database is deleted. */
    void forget() {
        store = new MemoryStore(() -> now);
        wired = wired();
    }

    MemoryStore store() {
        return store;
    }

    /** Maria, who may write, comments on the pull request. */
    void says(String text) {
        says(7, "maria", text);
    }

    /** Somebody comments on a pull request; each time it is another comment. */
    void says(int number, String who, String text) {
        wired.commands()
                .heard(SHOP, new Commented("acme/shop", number, ++said, who, text, false))
                .ifPresent(asked::add);
    }

    /** Commits onto a branch, from main where it is new; gives the commit. */
    String commit(String branch, Map<String, String> files) throws RepositoryException {
        return commit(repository, branch, files);
    }

    /** Commits onto main of the platform's repository; an empty text takes the file away. */
    void platform(Map<String, String> files) throws RepositoryException {
        commit(java.util.Objects.requireNonNull(platform), "main", files);
    }

    private String commit(OriginRepository repository, String branch, Map<String, String> files)
            throws RepositoryException {
        Optional<String> tip = repository.head(branch);
        Map<String, Optional<byte[]>> changes = new HashMap<>();
        files.forEach((path, text) -> changes.put(
                path, Optional.of(text.getBytes(StandardCharsets.UTF_8)).filter(bytes -> bytes.length > 0)));
        Optional<String> from = tip.isPresent() ? tip : repository.head("main");
        String commit = repository.write(from.orElse(""), changes, ROSA, "Change");
        repository.point("refs/heads/" + branch, tip, Optional.of(commit));
        return commit;
    }

    /** Makes a branch of a commit. */
    void point(String branch, String commit) throws RepositoryException {
        repository.point("refs/heads/" + branch, Optional.empty(), Optional.of(commit));
    }

    private Optional<String> main() {
        try {
            return repository.head("main");
        } catch (RepositoryException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Pushes to the pull request's branch, and the forge knows; gives its head. */
    String push(Map<String, String> files) throws RepositoryException {
        String head = commit("feature", files);
        forge.pulls.put(7, Lab.pull(head, false));
        return head;
    }

    /** Pull request 7 is merged by a commit of main with these files; without any, main moves to it. Gives the commit. */
    String merge(Map<String, String> files) throws RepositoryException {
        String head = repository.head("feature").orElseThrow();
        String commit = files.isEmpty() ? head : commit("main", files);
        repository.point("refs/heads/main", main(), Optional.of(commit));
        forge.pulls.put(7, Lab.merged(head, commit));
        return commit;
    }

    /** Files go from main, straight away. */
    void remove(String... paths) throws RepositoryException {
        Map<String, Optional<byte[]>> changes = new HashMap<>();
        List.of(paths).forEach(path -> changes.put(path, Optional.empty()));
        Optional<String> tip = main();
        repository.point(
                "refs/heads/main", tip, Optional.of(repository.write(tip.orElse(""), changes, ROSA, "Remove")));
    }

    /**
     * Main is pushed by force, with these files and no history, and our clone is a fresh one: it has nothing of what was
     * there before.
     */
    void begunAnew(Map<String, String> files) throws RepositoryException {
        Map<String, Optional<byte[]>> changes = new HashMap<>();
        files.forEach((path, text) -> changes.put(path, Optional.of(text.getBytes(StandardCharsets.UTF_8))));
        repository.point("refs/heads/main", main(), Optional.of(repository.write("", changes, ROSA, "Begin again")));
        String gone = "d".repeat(40);
        store.saw("shop", gone);
        EnvironmentState known = environment();
        store.save(new EnvironmentState(
                known.name(),
                known.team(),
                known.tier(),
                known.repository(),
                known.sync(),
                known.health(),
                Map.of("shop", gone),
                known.expires(),
                known.message(),
                known.lastRun()));
    }

    /** The last commit of main is reverted, straight away. */
    void revert() throws RepositoryException {
        String bad = main().orElseThrow();
        String before = repository.commit(bad).parents().getFirst();
        Map<String, Optional<byte[]>> changes = new HashMap<>();
        for (String path : repository.changed(before, bad)) {
            changes.put(path, repository.snapshot(before).read(path));
        }
        String commit = repository.write(bad, changes, ROSA, "Take it back\n\nThis reverts commit " + bad + ".\n");
        repository.point("refs/heads/main", main(), Optional.of(commit));
    }

    /** The environment is released now. */
    Ending release() {
        return run(new RunKey.Release(ENVIRONMENT));
    }

    /** Everything in the environment is looked at now. */
    Ending drift() {
        hints.all(ENVIRONMENT);
        return run(new RunKey.Drift(ENVIRONMENT));
    }

    /** Only what moved in the environment, or was not well, is looked at now. */
    Ending glance() {
        return run(new RunKey.Drift(ENVIRONMENT));
    }

    /** What is known of the environment. */
    EnvironmentState environment() {
        return store.environment(ENVIRONMENT).orElseThrow();
    }

    /** What the forge announces of the pull request. */
    void announced(Change change, String head) {
        wired.news().heard(SHOP, new PullChanged("acme/shop", 7, change, head, "rosa"));
    }

    /** A comment that read so is deleted from the pull request. */
    void deleted(String text) {
        wired.news().heard(SHOP, new CommentDeleted("acme/shop", 7, text));
    }

    /** Does one run now. */
    Ending run(RunKey key) {
        asked.remove(key);
        return wired.flows().run(key);
    }

    /** Does what is asked for until nothing is. */
    void settle() {
        while (!asked.isEmpty()) {
            run(asked.iterator().next());
        }
    }

    /** Runs of reviews, newest first. */
    List<RunRecord> reviews() {
        return store.runs("", "", 100).items().stream()
                .filter(run -> run.kind().equals("review"))
                .toList();
    }

    void later(Duration passed) {
        now = now.plus(passed);
    }

    @Override
    public void close() {
        repository.close();
        if (platform != null) {
            platform.close();
        }
    }
}

package dev.mergeway.reconciler.store;

import dev.mergeway.reconciler.port.Clock;
import dev.mergeway.reconciler.port.Journal;
import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.run.EnvironmentState;
import dev.mergeway.reconciler.run.PullKey;
import dev.mergeway.reconciler.run.PullState;
import dev.mergeway.reconciler.run.ResourceState;
import dev.mergeway.reconciler.run.RunRecord;
import dev.mergeway.reconciler.run.RunState;
import dev.mergeway.schema.model.ResourceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Ledger and journal in memory, for tests of those who use them. The contract suites run against it too. */
public final class MemoryStore implements Ledger, Journal {
    private final Map<String, String> seen = new HashMap<>();
    private final NavigableMap<String, EnvironmentState> environments = new TreeMap<>();
    private final NavigableMap<String, ResourceState> resources = new TreeMap<>();
    private final NavigableMap<String, PullState> pulls = new TreeMap<>();
    private final java.util.TreeSet<String> approvals = new java.util.TreeSet<>();
    private final Map<String, Set<PullKey>> waiting = new HashMap<>();
    private final NavigableMap<String, RunRecord> runs = new TreeMap<>();
    private final Changes changes;
    private final Clock clock;

    /** A store that nobody listens to. */
    public MemoryStore(Clock clock) {
        this(new Changes(), clock);
    }

    /** A store that tells its changes. */
    public MemoryStore(Changes changes, Clock clock) {
        this.changes = changes;
        this.clock = clock;
    }

    @Override
    public synchronized Optional<String> seen(String repository) {
        return Optional.ofNullable(seen.get(repository));
    }

    @Override
    public synchronized void saw(String repository, String commit) {
        seen.put(repository, commit);
    }

    @Override
    public synchronized Optional<EnvironmentState> environment(String name) {
        return Optional.ofNullable(environments.get(name));
    }

    @Override
    public synchronized Page<EnvironmentState> environments(String after, int limit) {
        return page(environments.tailMap(after, false), limit, state -> true);
    }

    @Override
    public synchronized void save(EnvironmentState state) {
        if (!state.equals(environments.put(state.name(), state))) {
            changes.publish(new Change.Environment(state.name()));
        }
    }

    @Override
    public synchronized boolean update(EnvironmentState read, EnvironmentState now) {
        EnvironmentState known = environments.get(read.name());
        if (known == null
                || !known.revisions().equals(read.revisions())
                || !known.lastRun().equals(read.lastRun())) {
            return false;
        }
        save(new EnvironmentState(
                known.name(),
                changed(known.team(), read.team(), now.team()),
                changed(known.tier(), read.tier(), now.tier()),
                changed(known.repository(), read.repository(), now.repository()),
                changed(known.sync(), read.sync(), now.sync()),
                changed(known.health(), read.health(), now.health()),
                changed(known.revisions(), read.revisions(), now.revisions()),
                Objects.equals(read.expires(), now.expires()) ? known.expires() : now.expires(),
                changed(known.message(), read.message(), now.message()),
                changed(known.lastRun(), read.lastRun(), now.lastRun())));
        return true;
    }

    private static <T> T changed(T known, T read, T now) {
        return read.equals(now) ? known : now;
    }

    @Override
    public synchronized void forget(String environment) {
        environments.remove(environment);
        waiting.remove(environment);
        resources.values().removeIf(state -> state.environment().equals(environment));
        changes.publish(new Change.Environment(environment));
    }

    @Override
    public synchronized Page<ResourceState> resources(Filter filter, String after, int limit) {
        return page(
                resources.tailMap(Cursor.open(after), false),
                limit,
                state -> (filter.environment().isEmpty() || filter.environment().equals(state.environment()))
                        && (filter.provider().isEmpty()
                                || filter.provider().equals(state.key().provider()))
                        && (filter.status().isEmpty()
                                || filter.status().equals(state.sync().label())
                                || filter.status()
                                        .equals(state.health().status().label())),
                Cursor::opaque);
    }

    @Override
    public synchronized Optional<ResourceState> resource(String environment, ResourceKey key) {
        return Optional.ofNullable(resources.get(Cursor.id(environment, key)));
    }

    @Override
    public synchronized int count(String environment) {
        return (int) resources.values().stream()
                .filter(state -> state.environment().equals(environment))
                .count();
    }

    @Override
    public synchronized void save(String environment, List<ResourceState> changed, List<ResourceKey> gone) {
        changed.forEach(state -> {
            resources.put(Cursor.id(environment, state.key()), state);
            changes.publish(new Change.Resource(environment, state.key()));
        });
        gone.forEach(key -> {
            resources.remove(Cursor.id(environment, key));
            changes.publish(new Change.Resource(environment, key));
        });
    }

    @Override
    public synchronized void approve(String repository, int number, String hash, String user) {
        approvals.add(repository + "/" + number + "/" + hash + "/" + user);
    }

    @Override
    public synchronized List<String> approvals(String repository, int number, String hash) {
        String prefix = repository + "/" + number + "/" + hash + "/";
        return approvals.stream()
                .filter(each -> each.startsWith(prefix))
                .map(each -> each.substring(prefix.length()))
                .toList();
    }

    @Override
    public synchronized Optional<PullState> pull(String repository, int number) {
        return Optional.ofNullable(pulls.get(pullKey(repository, number)));
    }

    @Override
    public synchronized Page<PullState> pulls(String after, int limit) {
        int slash = after.lastIndexOf('/');
        String from = slash < 0
                ? ""
                : pullKey(after.substring(0, slash), Integer.parseInt(after, slash + 1, after.length(), 10));
        return page(pulls.tailMap(from, false), limit, state -> state.state().equals("open"), key -> {
            PullState last = Objects.requireNonNull(pulls.get(key));
            return last.repository() + "/" + last.number();
        });
    }

    @Override
    public synchronized void save(PullState state) {
        if (!state.equals(pulls.put(pullKey(state.repository(), state.number()), state))) {
            changes.publish(new Change.Pull(state.repository(), state.number()));
        }
    }

    @Override
    public synchronized List<PullKey> waiting(String environment) {
        return waiting.getOrDefault(environment, Set.of()).stream()
                .sorted(Comparator.comparing(PullKey::repository).thenComparing(PullKey::number))
                .toList();
    }

    @Override
    public synchronized void waits(String environment, Set<PullKey> pulls) {
        waiting.put(environment, Set.copyOf(pulls));
    }

    @Override
    public synchronized List<Integer> awaited(String repository, int after, int limit) {
        Cursor.limit(limit);
        Stream<PullKey> held = waiting.values().stream().flatMap(Set::stream);
        Stream<PullKey> blocked = pulls.values().stream()
                .filter(pull -> pull.state().equals("open") && pull.verdict().equals("blocked"))
                .map(pull -> new PullKey(pull.repository(), pull.number()));
        return Stream.concat(held, blocked)
                .filter(pull -> pull.repository().equals(repository) && pull.number() > after)
                .map(PullKey::number)
                .distinct()
                .sorted()
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<RunRecord> run(String id) {
        return Optional.ofNullable(runs.get(id));
    }

    @Override
    public synchronized Optional<RunRecord> outline(String run) {
        return run(run).map(whole -> with(whole, List.of()));
    }

    @Override
    public synchronized Page<RunRecord> runs(String environment, String after, int limit) {
        NavigableMap<String, RunRecord> older = after.isEmpty()
                ? runs.descendingMap()
                : runs.headMap(after, false).descendingMap();
        Page<RunRecord> page = page(
                older, limit, run -> environment.isEmpty() || run.environment().equals(environment));
        return new Page<>(page.items().stream().map(run -> with(run, List.of())).toList(), page.next());
    }

    @Override
    public synchronized void begin(RunRecord run) {
        RunRecord before = runs.get(run.id());
        List<RunRecord.Step> steps = new ArrayList<>(before == null ? List.of() : before.steps());
        steps.addAll(run.steps());
        runs.put(run.id(), with(run, steps));
        changes.publish(new Change.Run(run.id()));
    }

    @Override
    public synchronized void intend(String run, Action action, ResourceKey resource) {
        add(run, new RunRecord.Step(action.label(), resource.toString(), "started", ""));
    }

    @Override
    public synchronized void ended(String run, Outcome outcome) {
        String resource = outcome.key().toString();
        String result = outcome.result().name().toLowerCase(Locale.ROOT);
        Problem problem = outcome.problem();
        String message = problem == null ? "" : problem.message();
        RunRecord record = runs.get(run);
        List<RunRecord.Step> steps = new ArrayList<>(record == null ? List.of() : record.steps());
        for (int i = steps.size() - 1; record != null && i >= 0; i--) {
            RunRecord.Step step = steps.get(i);
            if (step.resource().equals(resource) && step.result().equals("started")) {
                steps.set(i, new RunRecord.Step(step.action(), resource, result, message));
                runs.put(run, with(record, steps));
                changes.publish(new Change.Run(run));
                return;
            }
        }
        add(run, new RunRecord.Step("", resource, result, message));
    }

    @Override
    public synchronized void end(String run, RunState state, String message) {
        runs.computeIfPresent(run, (id, record) -> record.state().ended() ? record : ended(record, state, message));
        changes.publish(new Change.Run(run));
    }

    @Override
    public synchronized List<RunRecord> unfinished() {
        return runs.values().stream()
                .filter(run -> !run.state().ended())
                .map(run -> with(run, List.of()))
                .toList();
    }

    private void add(String run, RunRecord.Step step) {
        runs.computeIfPresent(run, (id, record) -> {
            List<RunRecord.Step> steps = new ArrayList<>(record.steps());
            steps.add(step);
            return with(record, steps);
        });
        changes.publish(new Change.Run(run));
    }

    private RunRecord ended(RunRecord run, RunState state, String message) {
        Instant finished = state.ended() ? Columns.time(clock.now()) : null;
        return new RunRecord(
                run.id(),
                run.kind(),
                run.repository(),
                run.environment(),
                run.pull(),
                run.revision(),
                state,
                run.started(),
                finished,
                message,
                run.steps());
    }

    private static RunRecord with(RunRecord run, List<RunRecord.Step> steps) {
        return new RunRecord(
                run.id(),
                run.kind(),
                run.repository(),
                run.environment(),
                run.pull(),
                run.revision(),
                run.state(),
                run.started(),
                run.finished(),
                run.message(),
                steps);
    }

    private static String pullKey(String repository, int number) {
        return repository + "\u0001" + String.format(Locale.ROOT, "%010d", number);
    }

    private static <T> Page<T> page(Map<String, T> rest, int limit, Predicate<T> wanted) {
        return page(rest, limit, wanted, key -> key);
    }

    private static <T> Page<T> page(
            Map<String, T> rest, int limit, Predicate<T> wanted, java.util.function.UnaryOperator<String> cursor) {
        Cursor.limit(limit);
        List<T> items = new ArrayList<>();
        String last = "";
        for (Map.Entry<String, T> entry : rest.entrySet()) {
            if (wanted.test(entry.getValue())) {
                if (items.size() == limit) {
                    return new Page<>(items, cursor.apply(last));
                }
                items.add(entry.getValue());
                last = entry.getKey();
            }
        }
        return new Page<>(items, "");
    }
}

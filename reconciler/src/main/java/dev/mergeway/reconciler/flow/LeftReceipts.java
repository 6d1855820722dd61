package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.Forge;
import dev.mergeway.reconciler.port.Forge.CommitStatus;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.reconciler.report.EarlierReceipt;
import dev.mergeway.reconciler.report.Facts;
import dev.mergeway.reconciler.report.PlanComment;
import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.run.RepositoryInfo;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receipts that a process before this one left while they waited for health. They are brought up to date from their own
 * text, so that no commit status stays pending because somebody was restarted.
 */
final class LeftReceipts {
    private static final Logger LOG = LoggerFactory.getLogger(LeftReceipts.class);

    /** Runs of an environment that are looked through; what waited longer ago was followed by others. */
    private static final int RUNS = 20;

    private final World world;
    private final Memory memory;
    private final Saying saying;
    private final Statuses statuses;
    private final Set<String> looked = ConcurrentHashMap.newKeySet();
    private final Map<String, Set<Left>> left = new ConcurrentHashMap<>();

    LeftReceipts(World world, Memory memory, Saying saying, Statuses statuses) {
        this.world = world;
        this.memory = memory;
        this.saying = saying;
        this.statuses = statuses;
    }

    /** A pull request whose receipt may wait. */
    private record Left(RepositoryInfo info, int number) {}

    /** Notes a receipt that somebody wrote who is forgotten. */
    void found(String environment, RepositoryInfo info, int number) {
        left.computeIfAbsent(environment, any -> ConcurrentHashMap.newKeySet()).add(new Left(info, number));
    }

    /** The health of an environment was looked at: receipts that wait for it say so. Free where none does. */
    void look(String environment) {
        if (looked.add(environment)) {
            remembered(environment);
        }
        Set<Left> waiting = left.get(environment);
        if (waiting != null) {
            waiting.removeIf(each -> !waitsStill(each));
        }
    }

    private void remembered(String environment) {
        memory.ledger().runs(environment, "", RUNS).items().stream()
                .filter(run -> run.kind().equals("release") && run.pull() != null)
                .forEach(run -> world.info(run.repository())
                        .ifPresent(info -> memory.ledger()
                                .pull(info.name(), run.pull() == null ? 0 : run.pull())
                                .filter(pull -> EarlierReceipt.waits(pull.comment()))
                                .ifPresent(pull -> found(environment, info, pull.number()))));
    }

    private boolean waitsStill(Left each) {
        Forge forge = world.forge(each.info());
        try {
            Optional<String> said = forge.said(each.info().path(), each.number(), PlanComment.MARKER);
            if (said.filter(EarlierReceipt::waits).isEmpty()) {
                return false;
            }
            Map<String, Map<String, HealthState>> health = new HashMap<>();
            EarlierReceipt now = EarlierReceipt.again(
                    said.get(),
                    (title, environment) -> Optional.ofNullable(
                            health.computeIfAbsent(environment, this::healthOf).get(title)));
            if (!now.markdown().equals(said.get())) {
                say(forge, each, now);
            }
            return EarlierReceipt.waits(now.markdown());
        } catch (ForgeException e) {
            LOG.warn("a receipt was not brought up to date, which is tried again: {}", e.getMessage());
            return true;
        }
    }

    private void say(Forge forge, Left each, EarlierReceipt now) throws ForgeException {
        RepositoryInfo info = each.info();
        memory.ledger()
                .pull(info.name(), each.number())
                .ifPresent(pull -> memory.ledger().save(pull.withComment(now.markdown())));
        Optional<String> commit = PlanComment.facts(now.markdown()).map(Facts::head);
        if (commit.isPresent() && now.worst() != HealthState.Status.PROGRESSING) {
            statuses.offer(
                    info,
                    commit.get(),
                    new CommitStatus(
                            Receipts.APPLY, Receipts.light(now.worst()), now.line(), saying.page(info, each.number())));
        }
        forge.say(info.path(), each.number(), PlanComment.MARKER, now.markdown());
    }

    /** The resources of an environment by the words that stand for them in a receipt. */
    private Map<String, HealthState> healthOf(String environment) {
        Map<String, HealthState> health = new HashMap<>();
        Ledger.Filter filter = new Ledger.Filter(environment.replace("`", ""), "", "");
        Ledger.each(
                after -> memory.ledger().resources(filter, after, 500),
                state -> health.put(EarlierReceipt.title(state.key()), state.health()));
        return health;
    }
}

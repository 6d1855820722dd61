package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.Agenda;
import dev.mergeway.reconciler.port.Meter;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.report.PlanComment;
import dev.mergeway.reconciler.run.PullState;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.reconciler.run.RunKey;
import dev.mergeway.reconciler.store.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A small world with one repository and no pull request yet, whose clock is turned by hand. */
final class Lab {
    static final RepositoryInfo SHOP = new RepositoryInfo(
            "shop", "corp", "acme/shop", "main", RepositoryInfo.Role.TEAM, "shop", List.of("shop-*"));
    static final String HEAD = "1".repeat(40);

    final FakeForge forge = new FakeForge();
    final World world = new World(Map.of("shop", SHOP), Map.of(), Map.of("corp", forge), Map.of());
    final List<RunKey> asked = new ArrayList<>();
    volatile Instant now = Instant.EPOCH;
    Memory memory = fresh();
    private Flows flows = flows();

    /** The database is deleted. */
    void forget() {
        memory = fresh();
        flows = flows();
    }

    /** A memory of nothing. */
    Memory fresh() {
        MemoryStore store = new MemoryStore(() -> now);
        Agenda agenda = new Agenda() {
            @Override
            public void ask(RunKey key, Duration delay) {
                asked.add(key);
            }
        };
        return new Memory(store, store, agenda, () -> now, meter());
    }

    /** One that keeps nothing. */
    static Meter meter() {
        return new Meter() {
            @Override
            public void count(String name, long amount) {}

            @Override
            public void time(String name, Duration took) {}
        };
    }

    /** Does one run now. */
    Ending run(RunKey key) {
        return flows.run(key);
    }

    private Flows flows() {
        Library library = new Library(world, memory.meter());
        return new Flows(world, memory, library, "https://mergeway.example.test", new Hints(), 1);
    }

    static PullRequest pull(String head, boolean fork) {
        return new PullRequest(7, "t", "rosa", "feature", head, "main", PullRequest.State.OPEN, null, "u", false, fork);
    }

    /** Pull request 7, merged by this commit. */
    static PullRequest merged(String head, String commit) {
        return new PullRequest(
                7, "t", "rosa", "feature", head, "main", PullRequest.State.MERGED, commit, "u", false, false);
    }

    /** Remembers that a plan with this hash was shown for a head, and says so in the comment. */
    void shown(String head, String hash) {
        String comment = PlanComment.MARKER + "\n<!-- mergeway:facts state=plan hash=" + hash + " head=" + head
                + " destroyed= verdict=ready -->\n\nplan";
        forge.comments.put(7, comment);
        memory.ledger()
                .save(new PullState(
                        "shop",
                        7,
                        "t",
                        "feature",
                        head,
                        "rosa",
                        "open",
                        "u",
                        "ready",
                        hash,
                        comment,
                        "{\"hash\":\"" + hash + "\"}"));
    }
}

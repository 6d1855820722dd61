package dev.mergeway.reconciler.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.run.EnvironmentState.Sync;
import dev.mergeway.reconciler.run.PullKey;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** A database that an earlier version wrote goes on with this one. */
abstract class UpgradeContract {
    /** URL of an empty database, the same each time. */
    abstract String url();

    abstract boolean h2();

    /** What the first version kept: an environment that is held with a pull request, and one that is not. */
    private static final List<String> ROWS = List.of(
            "insert into environments values"
                    + " ('shop-dev', 'shop', 'dev', 'shop', 'HELD', 'HEALTHY', '', null, 'held', 'r2'),"
                    + " ('shop-prod', 'shop', 'prod', 'shop', 'SYNCED', 'HEALTHY', '', null, '', 'r1')",
            "insert into runs values"
                    + " ('r1', 'release', 'shop', 'shop-prod', 6, 'aaaa', 'SUCCEEDED', now(), now(), ''),"
                    + " ('r2', 'release', 'shop', 'shop-dev', 7, 'bbbb', 'HELD', now(), now(), 'held')");

    @Test
    void whatTheFirstVersionWroteIsReadAndGoesOn() {
        Jdbi first = Jdbi.create(url());
        Schema.apply(first, h2(), 1);
        first.useHandle(handle -> ROWS.forEach(handle::execute));
        for (int open = 0; open < 2; open++) {
            try (Database database = Database.open(url(), "", "")) {
                JdbcLedger ledger = new JdbcLedger(database, new Changes());
                assertThat(ledger.environment("shop-dev").orElseThrow().sync()).isEqualTo(Sync.HELD);
                assertThat(ledger.waiting("shop-dev")).containsExactly(new PullKey("shop", 7));
                assertThat(ledger.waiting("shop-prod")).isEmpty();
                assertThat(ledger.awaited("shop", 0, 10)).containsExactly(7);
                // As after a kill before the version was written down: every statement is run again.
                database.jdbi().useHandle(handle -> handle.execute("delete from schema_version where version > 1"));
            }
        }
    }
}

package dev.mergeway.reconciler.flow;

import static dev.mergeway.reconciler.flow.Lab.HEAD;
import static dev.mergeway.reconciler.flow.Lab.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mergeway.reconciler.lifecycle.Backoff;
import dev.mergeway.reconciler.port.Forge.Reaction;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.queue.DbAgenda;
import dev.mergeway.reconciler.queue.RunResult;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.run.RunKey;
import dev.mergeway.reconciler.store.Database;
import dev.mergeway.reconciler.store.JdbcDeliveries;
import dev.mergeway.webhooks.event.RepoEvent.Commented;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A command whose forge is away for an hour, on the real queue and the real database. The clock is turned by hand. */
@Timeout(60)
class CommandsSurviveTest {
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5), 0.3);

    private final Lab lab = new Lab();
    private final List<Ending> endings = new CopyOnWriteArrayList<>();

    /** One life of the service. */
    private final class Life implements AutoCloseable {
        final Database database;
        final DbAgenda agenda;

        Life(Path folder) {
            database = Database.open("jdbc:h2:file:" + folder.resolve("mergeway"), "", "");
            agenda = new DbAgenda(
                    database.dataSource(),
                    database.exclusive(),
                    new DbAgenda.Settings(
                            "one", 4, Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofSeconds(5), BACKOFF),
                    lab.memory.clock());
            agenda.start(this::run);
        }

        private RunResult run(RunKey key) {
            Ending ending = lab.run(key);
            endings.add(ending);
            return ending.retry()
                    ? new RunResult.Failed(new Problem(Problem.Turn.PLATFORM, ending.message(), "", true))
                    : new RunResult.Done();
        }

        void triesAgain(int times) {
            for (int count = 0; count < times; count++) {
                int before = endings.size();
                lab.now = lab.now.plus(Duration.ofMinutes(5));
                await().until(() -> {
                    agenda.look(); // the queue waits by this clock too, and stands still between two turns of it
                    return endings.size() > before && agenda.load().running() == 0;
                });
            }
        }

        @Override
        public void close() {
            agenda.close();
            database.close();
        }
    }

    @Test
    void aCommandIsAnsweredOnceWhenTheForgeIsBackAndTheServiceWasStoppedMeanwhile(@TempDir Path folder) {
        lab.shown(HEAD, "aaaa");
        for (int count = 0; count < 13; count++) {
            lab.forge.permissionFailures.add(new ForgeException("Forge 'corp' is away.", true, null, null));
        }
        RunKey command = new CommentCommands(lab.memory)
                .heard(SHOP, new Commented("acme/shop", 7, 1, "maria", "/mergeway approve", false))
                .orElseThrow();
        try (Life life = new Life(folder);
                JdbcDeliveries deliveries = new JdbcDeliveries(life.database, DbAgenda::ask)) {
            deliveries.store("corp", "id-1", "comment", lab.now, List.of(command));
            life.agenda.look();
            await().until(() -> endings.size() == 1 && life.agenda.load().later() == 1);
            life.triesAgain(6);
        }
        try (Life life = new Life(folder);
                JdbcDeliveries deliveries = new JdbcDeliveries(life.database, DbAgenda::ask)) {
            life.triesAgain(6);
            assertThat(lab.now).isEqualTo(Instant.EPOCH.plus(Duration.ofHours(1)));
            assertThat(lab.forge.reactions).isEmpty();
            life.triesAgain(1);
            assertThat(lab.forge.reactions).containsExactly(Reaction.DONE);
            assertThat(lab.memory.ledger().approvals("shop", 7, "aaaa")).containsExactly("maria");
            assertThat(deliveries.store("corp", "id-1", "comment", lab.now, List.of(command)))
                    .isFalse();
            assertThat(life.agenda.load()).isEqualTo(new DbAgenda.Load(0, 0, 0, 0));
        }
    }
}

package dev.mergeway.reconciler.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.mergeway.reconciler.run.EnvironmentState.Sync;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.time.Duration;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseTest {
    @TempDir
    Path folder;

    @Test
    void keepsWhatWasSavedAndStartsEmptyWhenTheFileIsDeleted() throws IOException {
        try (Database database = open()) {
            new JdbcLedger(database, new Changes()).save(Samples.environment("e", Sync.SYNCED));
        }
        try (Database database = open()) {
            assertThat(new JdbcLedger(database, new Changes()).environment("e")).isPresent();
        }
        Files.delete(file());
        try (Database database = open()) {
            assertThat(database.reachable()).isTrue();
            assertThat(new JdbcLedger(database, new Changes()).environment("e")).isEmpty();
        }
    }

    @Test
    void saysSoonThatItDoesNotAnswer() throws Exception {
        try (Database database = open()) {
            try (Connection only = database.dataSource().getConnection()) {
                assertThat(only.isValid(1)).isTrue();
                assertTimeoutPreemptively(
                        Duration.ofSeconds(10),
                        () -> assertThat(database.reachable()).isFalse());
            }
            assertThat(database.reachable()).isTrue();
        }
    }

    /** Ways in which a file gets damaged. */
    enum Damage {
        EMPTY {
            @Override
            void to(FileChannel file) throws IOException {
                file.truncate(0);
            }
        },
        NOT_A_DATABASE {
            @Override
            void to(FileChannel file) throws IOException {
                overwrite(file, 0, file.size());
            }
        },
        HEADERS_LOST {
            @Override
            void to(FileChannel file) throws IOException {
                overwrite(file, 0, 8_192);
            }
        },
        CUT {
            @Override
            void to(FileChannel file) throws IOException {
                file.truncate(9_000);
            }
        },
        BODY_LOST {
            @Override
            void to(FileChannel file) throws IOException {
                overwrite(file, 8_192, file.size());
            }
        };

        abstract void to(FileChannel file) throws IOException;

        private static void overwrite(FileChannel file, long from, long to) throws IOException {
            file.write(
                    java.nio.ByteBuffer.wrap("not a database. "
                            .repeat((int) (to - from) / 16 + 1)
                            .substring(0, (int) (to - from))
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                    from);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedFileNeverKeepsItFromStarting(Damage damage) throws IOException {
        try (Database database = open()) {
            for (int i = 0; i < 200; i++) {
                new JdbcLedger(database, new Changes()).save(Samples.environment("e" + i, Sync.SYNCED));
            }
        }
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE, StandardOpenOption.READ)) {
            damage.to(channel);
        }
        try (Database database = open()) {
            JdbcLedger ledger = new JdbcLedger(database, new Changes());
            // H2 may find the newest version that is whole, with or without our rows; what counts is that it works.
            assertThat(ledger.environments("", 500).items()).hasSizeLessThanOrEqualTo(200);
            ledger.save(Samples.environment("new", Sync.SYNCED));
            assertThat(ledger.environment("new")).isPresent();
        }
        if (damage == Damage.NOT_A_DATABASE) {
            assertThat(folder.resolve("mergeway.mv.db.corrupt")).exists();
        }
    }

    /** The file is of a service that CrashIT killed: an insert into {@code agenda} is committed in it and never ended. */
    @Test
    void aFileWhoseLastTransactionWasCutOffIsMovedAside() throws IOException {
        try (var file = new GZIPInputStream(
                Objects.requireNonNull(DatabaseTest.class.getResourceAsStream("cut-off.mv.db.gz")))) {
            Files.copy(file, file());
        }
        try (Database database = open()) {
            database.jdbi()
                    .useHandle(handle -> handle.execute("insert into agenda (task_name, task_instance, execution_time,"
                            + " picked, version) values ('run', 'look/t1', now(), false, 1)"));
        }
        assertThat(folder.resolve("mergeway.mv.db.corrupt")).exists();
    }

    @Test
    void aFileInUseIsLeftAlone() {
        try (Database database = open()) {
            assertThat(database.reachable()).isTrue();
            Process other = start();
            assertThat(other).isNotNull();
        }
        assertThat(folder.resolve("mergeway.mv.db.corrupt")).doesNotExist();
    }

    private Process start() {
        try {
            ProcessBuilder builder = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    Opens.class.getName(),
                    url());
            Process process = builder.redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(output).contains("refused:").contains("cannot be opened").contains("nothing else uses it");
            return process;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Another process that opens the same database. */
    static final class Opens {
        private Opens() {}

        public static void main(String[] arguments) {
            try (Database database = Database.open(arguments[0], "", "")) {
                System.out.println("opened: " + database.reachable());
            } catch (StoreException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }
    }

    @Test
    void aNewerSchemaIsRefusedAndLeftAlone() {
        try (Database database = open()) {
            database.jdbi().useHandle(handle -> handle.execute("insert into schema_version (version) values (99)"));
        }
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("schema version 99")
                .hasMessageContaining("only history is lost");
        assertThat(file()).exists();
    }

    @Test
    void saysWhichUrlsItKnowsAndNeverThePassword() {
        assertThatThrownBy(() -> Database.open("jdbc:mysql://host/db", "", ""))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("jdbc:h2: or jdbc:postgresql:");
        assertThatThrownBy(() -> Database.open(
                        "jdbc:postgresql://ada:hunter2@127.0.0.1:1/db?password=hunter2&connectTimeout=1",
                        "ada",
                        "hunter2"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("database.url must not hold user and password")
                .message()
                .doesNotContain("hunter2");
        assertThatThrownBy(() -> Database.open(
                        "jdbc:postgresql://127.0.0.1:1/db?password=hunter2&connectTimeout=1", "ada", "hunter2"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/db cannot be opened")
                .message()
                .doesNotContain("hunter2");
    }

    private Database open() {
        return Database.open(url(), "", "");
    }

    private String url() {
        return "jdbc:h2:file:" + folder.resolve("mergeway");
    }

    private Path file() {
        return folder.resolve("mergeway.mv.db");
    }
}

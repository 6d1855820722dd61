package dev.mergeway.reconciler.store;

import org.junit.jupiter.api.BeforeEach;

class PostgresUpgradeIT extends UpgradeContract {
    private String url = "";

    @BeforeEach
    void begin() {
        url = Postgres.url("upgrade");
    }

    @Override
    String url() {
        return url;
    }

    @Override
    boolean h2() {
        return false;
    }
}

package dev.mergeway.reconciler.cli;

import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.schema.model.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What commands need of a configuration file; reading it is the wiring's business. */
public interface Configs {
    /** Where nothing is configured, everything is allowed. */
    RepositoryInfo ANY = new RepositoryInfo("", "", "", "main", RepositoryInfo.Role.PLATFORM, "", List.of());

    /**
     * The rules for the repository whose work tree the folder is, else those of a platform repository.
     *
     * @throws IOException if the file cannot be read
     */
    Rules rules(Path config, Path workTree) throws IOException;

    /**
     * The rules for a repository.
     *
     * @param repository the repository
     * @param findings what is wrong with the configuration
     */
    record Rules(RepositoryInfo repository, List<Finding> findings) {
        public Rules {
            findings = List.copyOf(findings);
        }

        boolean broken() {
            return findings.stream().anyMatch(Finding::isError);
        }
    }

    /** A finding on one line, for diagnostics. */
    static String line(Finding finding) {
        return finding.file() + ":" + finding.position().line() + ":"
                + finding.position().column() + ": " + finding.sentences();
    }
}

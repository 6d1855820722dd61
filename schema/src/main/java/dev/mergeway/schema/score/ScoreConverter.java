package dev.mergeway.schema.score;

import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Severity;
import dev.mergeway.schema.model.Spec;
import java.util.List;
import java.util.Optional;

/** Score workload files to specs of kind Deployment. */
public final class ScoreConverter {
    private ScoreConverter() {}

    /**
     * What a Score file becomes.
     *
     * @param spec the Deployment, or empty where the file is too wrong to make one
     * @param findings what is wrong with it
     */
    public record Converted(Optional<Spec> spec, List<Finding> findings) {
        public Converted {
            findings = List.copyOf(findings);
        }
    }

    /** Converts a document of {@code apiVersion: score.dev/v1b1}. */
    public static Converted convert(Document document) {
        return new Converted(
                Optional.empty(),
                List.of(document.finding(
                        Severity.ERROR, "/apiVersion", "score/unsupported", "Score files are not read yet.", "")));
    }
}

package dev.mergeway.reconciler.index;

import dev.mergeway.schema.FileContent;
import dev.mergeway.schema.model.Blueprint;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Spec;
import java.util.List;

/**
 * What the index remembers of one file.
 *
 * @param contentId id of the content that this was read from
 * @param environments names of the environments it declares
 * @param specs its specs, without environments
 * @param blueprints names of its blueprints
 * @param policies whether it holds policies, or something to offer that a mistake hides
 * @param broken whether something in it is wrong, so that a spec may be missing here
 */
public record FileFacts(
        String contentId,
        List<String> environments,
        List<SpecFacts> specs,
        List<String> blueprints,
        boolean policies,
        boolean broken) {
    public FileFacts {
        environments = List.copyOf(environments);
        specs = List.copyOf(specs);
        blueprints = List.copyOf(blueprints);
    }

    /** The facts of a file that was read. */
    public static FileFacts of(String contentId, FileContent content) {
        return new FileFacts(
                contentId,
                content.environments().stream().map(Environment::name).toList(),
                content.specs().stream().map(FileFacts::facts).toList(),
                content.blueprints().stream().map(Blueprint::name).toList(),
                !content.policies().isEmpty() || !content.missing().isEmpty(),
                content.findings().stream().anyMatch(Finding::isError));
    }

    private static SpecFacts facts(Spec spec) {
        return new SpecFacts(
                spec.kind(),
                spec.metadata().name(),
                spec.metadata().environment(),
                spec.document().line(),
                References.reads(spec),
                References.shares(spec),
                List.copyOf(References.calls(spec).values()));
    }

    /** Whether it offers something: blueprints or policies, or what a mistake hides of them. */
    boolean isOffer() {
        return !blueprints.isEmpty() || policies;
    }

    /** Whether the index needs to remember the file at all. */
    public boolean isEmpty() {
        return environments.isEmpty() && specs.isEmpty() && !isOffer() && !broken;
    }
}

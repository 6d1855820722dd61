package dev.mergeway.reconciler.policy;

import dev.mergeway.reconciler.resource.Pointers;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Metadata;
import dev.mergeway.schema.model.ResolvedSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what there is to judge in a spec: itself, and every resource in its {@code resources}. Pure. */
public final class Subjects {
    private Subjects() {}

    /**
     * The subjects of one spec, as they are applied: a placeholder must not hide from a policy what it stands for.
     *
     * @param environment where it belongs
     * @param repository name of the repository that the spec is from
     * @param is the spec as it is asked for
     * @param was the spec as it was, null where it is new
     */
    public static List<Subject> of(
            Environment environment, String repository, ResolvedSpec is, @Nullable ResolvedSpec was) {
        List<Subject> subjects = new ArrayList<>();
        Metadata metadata = is.spec().metadata();
        subjects.add(new Subject(
                is.spec().kind(),
                metadata,
                is.params(),
                was == null ? null : was.params(),
                environment,
                new Origin(repository, is.spec(), "")));
        is.resources().forEach((name, resource) -> {
            ResolvedSpec.Resource old = was == null ? null : was.resources().get(name);
            subjects.add(new Subject(
                    resource.kind(),
                    named(metadata, name),
                    resource.params(),
                    old == null ? null : old.params(),
                    environment,
                    new Origin(repository, is.spec(), Pointers.child("/resources", name) + "/params")));
        });
        return subjects;
    }

    private static Metadata named(Metadata of, String name) {
        return new Metadata(of.name() + "-" + name, of.environment(), of.team(), of.labels(), of.annotations());
    }
}

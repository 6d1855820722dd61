package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.index.Touched;
import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.policy.Guardrails;
import dev.mergeway.reconciler.policy.Judgement;
import dev.mergeway.reconciler.port.Meter;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.port.Snapshot;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.schema.SpecReader;
import dev.mergeway.schema.model.Finding;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The plan that a command line asks for: what some files say against what is live. Writes nothing anywhere. */
public final class Preview {
    private final World world;
    private final Library library;
    private final Planning planning;

    /** Previews in a world, of which only repositories and targets are used. */
    public Preview(World world, Meter meter) {
        this.world = world;
        this.library = new Library(world, meter);
        this.planning = new Planning(library, world, meter);
    }

    /**
     * A plan, judged.
     *
     * @param plan the plan
     * @param judgement how it is judged; nobody approved it
     * @param unreachable problems of targets that could not be asked
     * @param offered those of the plan's findings that are about what other repositories offer, and their files
     */
    public record Previewed(Plan plan, Judgement judgement, List<Problem> unreachable, List<Finding> offered) {}

    /**
     * Plans.
     *
     * @param repository name of the repository that the files are of
     * @param files its files
     * @param paths which of them to look at; empty for all, which also finds what is live and in none of them
     */
    public Previewed preview(String repository, Snapshot files, List<String> paths) throws RepositoryException {
        RepositoryInfo info = world.info(repository)
                .orElseThrow(() -> new IllegalArgumentException("no repository is called " + repository));
        Offer offer = info.role() == RepositoryInfo.Role.PLATFORM
                ? library.offer(Map.of(repository, files))
                : library.offer();
        Side side = new Side(info, files, library.indexed(files, offer));
        Pair pair = paths.isEmpty()
                ? new Pair(null, side, Touched.everything(side.index()), files.below("", SpecReader::isSpecFile))
                : new Pair(side, side, Touched.by(side.index(), side.index(), paths), paths);
        Question.Heading heading = new Question.Heading(repository, 0, "", files.commit());
        Draft draft = planning.draft(new Question(heading, List.of(pair), offer, offer, offer.policies()));
        List<Finding> offered = info.role() == RepositoryInfo.Role.PLATFORM ? List.of() : offer.findings();
        return new Previewed(draft.plan(), judge(draft), draft.unreachable(), offered);
    }

    private Judgement judge(Draft draft) {
        return Guardrails.judge(draft.plan(), draft.tiers(), managed(draft), draft.judged(""), List.of());
    }

    /** Without a memory, an environment has what the plan deletes or leaves. */
    private static Map<String, Integer> managed(Draft draft) {
        Map<String, Integer> managed = new TreeMap<>();
        draft.plan().steps().stream()
                .filter(step -> step.action() != dev.mergeway.reconciler.resource.Action.CREATE)
                .forEach(step -> managed.merge(step.environment(), 1, Integer::sum));
        return managed;
    }

    /** Paths of the named files and what lies below the named folders. */
    public static List<String> below(Snapshot files, List<String> named) {
        Set<String> paths = new HashSet<>();
        for (String name : named) {
            Optional<String> file = files.contentId(name);
            if (file.isPresent()) {
                paths.add(name);
            } else {
                paths.addAll(files.below(name));
            }
        }
        return paths.stream().sorted().toList();
    }
}

package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.Forge;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.report.Facts;
import dev.mergeway.reconciler.report.PlanReading;
import dev.mergeway.reconciler.run.PullState;
import dev.mergeway.reconciler.run.RepositoryInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who approved a plan in a review. A review names the commit that was looked at and not the plan, which another change of
 * the base may change, so it covers the plan that was shown when the review was first seen, and no other: where none was
 * shown yet, it covers nothing.
 */
final class Approvers {
    private final World world;
    private final Memory memory;
    private final Authors authors;

    Approvers(World world, Memory memory) {
        this.world = world;
        this.memory = memory;
        this.authors = new Authors(world, memory);
    }

    /** Who approved this plan of a pull request, other than its author. */
    List<String> of(RepositoryInfo info, PullRequest pull, String hash) throws ForgeException {
        List<String> shown = shown(info, pull);
        return covering(info, pull, shown.isEmpty() ? "" : shown.getLast(), Set.of(hash));
    }

    /** Who approved something else than this plan of a pull request: another, or none, since none was shown yet. */
    List<String> early(RepositoryInfo info, PullRequest pull, String hash) throws ForgeException {
        Set<String> authors = this.authors.of(info, pull);
        List<String> current = of(info, pull, hash);
        return world.forge(info).approvals(info.path(), pull.number(), pull.head()).stream()
                .map(Forge.Approval::user)
                .filter(user -> !authors.contains(user) && !current.contains(user))
                .distinct()
                .toList();
    }

    /** Who approved what a pull request showed before it was merged; where it showed nothing, what it holds. */
    List<String> ofShown(RepositoryInfo info, PullRequest pull) throws ForgeException {
        List<String> shown = shown(info, pull);
        return shown.isEmpty()
                ? covering(info, pull, "", Set.of(""))
                : covering(info, pull, shown.getLast(), new HashSet<>(shown));
    }

    private List<String> covering(RepositoryInfo info, PullRequest pull, String seen, Set<String> plans)
            throws ForgeException {
        List<String> users = new ArrayList<>();
        for (Forge.Approval approval : world.forge(info).approvals(info.path(), pull.number(), pull.head())) {
            boolean covers = approval.id().isEmpty()
                    || covered(info, pull, approval, seen).stream().anyMatch(plans::contains);
            if (covers && !users.contains(approval.user())) {
                users.add(approval.user());
            }
        }
        if (!users.isEmpty()) {
            users.removeAll(authors.of(info, pull));
        }
        return users;
    }

    /** Hashes of the plans that a review covers: one, or more where replicas saw it at the same moment. */
    private List<String> covered(RepositoryInfo info, PullRequest pull, Forge.Approval approval, String seen) {
        String key = "review:" + approval.id();
        List<String> known = memory.ledger().approvals(info.name(), pull.number(), key);
        if (known.isEmpty()) {
            memory.ledger().approve(info.name(), pull.number(), key, seen);
            return List.of(seen);
        }
        return known;
    }

    /** Hashes that were shown for what is at the head: the plan's, and after it that of what was held. */
    private List<String> shown(RepositoryInfo info, PullRequest pull) throws ForgeException {
        Optional<PullState> known = memory.ledger()
                .pull(info.name(), pull.number())
                .filter(state -> state.head().equals(pull.head()));
        List<String> hashes = new ArrayList<>();
        if (known.isPresent()) {
            hashes.add(PlanReading.hash(known.get().plan()));
            hashes.add(known.get().hash());
        } else {
            world.said(info, pull.number())
                    .filter(facts -> facts.head().equals(pull.head()))
                    .map(Facts::hash)
                    .ifPresent(hashes::add);
        }
        hashes.removeIf(String::isEmpty);
        return hashes;
    }
}

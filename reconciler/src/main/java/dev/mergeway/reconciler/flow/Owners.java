package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.policy.CodeOwners;
import dev.mergeway.reconciler.policy.Guardrail;
import dev.mergeway.reconciler.policy.OwnersVerdict;
import dev.mergeway.reconciler.port.Forge;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.Repository;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.port.Snapshot;
import dev.mergeway.reconciler.run.OwnersStyle;
import dev.mergeway.reconciler.run.RepositoryInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who owns the files that a pull request changes, by the base branch, never by the pull request; and who of them approved. */
final class Owners {
    /** More changed files than this are not judged. */
    private static final int FILES = 1_000;

    private final World world;
    private final Teams teams;
    private final Authors authors;

    Owners(World world, Memory memory) {
        this.world = world;
        this.teams = new Teams(world, memory.clock());
        this.authors = new Authors(world, memory);
    }

    /** What the owners of a plan's files say; empty where there are none. */
    Optional<Guardrail> of(RepositoryInfo info, PullRequest pull, Plan plan)
            throws RepositoryException, ForgeException {
        Forge forge = world.forge(info);
        Repository repository = world.repository(info);
        Optional<String> file = file(repository.snapshot(plan.base()), forge.owners());
        if (file.isEmpty()) {
            return Optional.empty();
        }
        Optional<CodeOwners> owners = CodeOwners.parse(file.get(), forge.owners());
        if (owners.isEmpty()) {
            return Optional.of(OwnersVerdict.unjudged("the file CODEOWNERS is too long."));
        }
        List<String> changed = repository.changed(plan.base(), plan.merge());
        if (changed.size() > FILES) {
            return Optional.of(OwnersVerdict.unjudged("more than " + FILES + " files change."));
        }
        List<CodeOwners.Need> needs = owners.get().needs(changed);
        List<String> approvers = needs.isEmpty() ? List.of() : approvers(forge, info, pull);
        return OwnersVerdict.judge(
                needs, approvers, (owner, user) -> isOwner(info, forge.owners(), owner, user), unreadable(forge));
    }

    private static Optional<String> file(Snapshot base, OwnersStyle style) {
        return style.files().stream()
                .flatMap(path -> base.read(path).stream())
                .findFirst()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private List<String> approvers(Forge forge, RepositoryInfo info, PullRequest pull) throws ForgeException {
        Set<String> authors = this.authors.of(info, pull);
        return forge.approvals(info.path(), pull.number(), pull.head()).stream()
                .map(Forge.Approval::user)
                .filter(user -> !authors.contains(user))
                .distinct()
                .toList();
    }

    /** On GitLab a name may be a group's, and two signs make it a role's. */
    private Optional<Boolean> isOwner(RepositoryInfo info, OwnersStyle style, String owner, String user) {
        if (!owner.startsWith("@")) {
            return teams.hasAddress(info, owner, user);
        }
        String name = owner.substring(1);
        if (name.equalsIgnoreCase(user)) {
            return Optional.of(true);
        }
        return name.contains("/") || style == OwnersStyle.GITLAB ? teams.has(info, name, user) : Optional.of(false);
    }

    private static String unreadable(Forge forge) {
        String right = switch (forge.owners()) {
            case GITHUB -> "read:org, or as an App the right to read members";
            case GITLAB -> "the right to read the group's members";
            case GITEA -> "the scope read:organization and a place in the organization";
        };
        return "a code owner is an address that nobody who approved shows in their profile, or the token of forge '"
                + forge.name() + "' may not read the members of a team; it needs " + right + ".";
    }
}

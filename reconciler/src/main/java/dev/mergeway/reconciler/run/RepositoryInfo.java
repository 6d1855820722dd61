package dev.mergeway.reconciler.run;

import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Metadata;
import dev.mergeway.schema.model.Spec;
import java.util.List;

/**
 * A repository as configured.
 *
 * @param name its name
 * @param forge name of its forge
 * @param path its path on the forge, such as {@code acme/shop}
 * @param branch the tracked branch
 * @param role what it may hold
 * @param team the team it belongs to, "" for none
 * @param environments globs of the environments that it may name; empty for all
 */
public record RepositoryInfo(
        String name, String forge, String path, String branch, Role role, String team, List<String> environments) {
    public RepositoryInfo {
        environments = List.copyOf(environments);
    }

    /** Whether it may name the environment: {@code *} stands for any characters. */
    public boolean mayUse(String environment) {
        return role == Role.PLATFORM
                || environments.isEmpty()
                || environments.stream().anyMatch(glob -> matches(glob, environment));
    }

    private static boolean matches(String glob, String name) {
        StringBuilder regex = new StringBuilder();
        for (String part : glob.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(java.util.regex.Pattern.quote(part));
        }
        return name.matches(regex.toString());
    }

    /** Whether its files may say that they are of the team: those of a team's own repository are of no other. */
    public boolean mayBeOf(String named) {
        return role == Role.PLATFORM || team.isEmpty() || team.equals(named);
    }

    /**
     * An environment that one of its files declares, with its team: of a team's own repository the configured one, whatever
     * the file says or leaves out, since limits hang on it.
     */
    public Environment owned(Environment declared) {
        if (role == Role.PLATFORM || team.isEmpty()) {
            return declared;
        }
        Spec spec = declared.spec();
        Metadata said = spec.metadata();
        Metadata owned = new Metadata(said.name(), said.environment(), team, said.labels(), said.annotations());
        return new Environment(
                new Spec(spec.kind(), owned, spec.body(), spec.document(), spec.pointers()),
                declared.tier(),
                declared.targets());
    }

    /** What a repository may hold: a platform repository blueprints and policies too. */
    public enum Role {
        PLATFORM,
        TEAM
    }
}

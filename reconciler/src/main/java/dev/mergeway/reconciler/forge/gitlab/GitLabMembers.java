package dev.mergeway.reconciler.forge.gitlab;

import dev.mergeway.reconciler.forge.rest.Request;
import dev.mergeway.reconciler.forge.rest.RestClient;
import dev.mergeway.reconciler.forge.rest.Texts;
import dev.mergeway.reconciler.port.ForgeException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Who is behind a name in GitLab's file of code owners: a group, a user, or everybody of a role. */
record GitLabMembers(RestClient client) {
    /** GitLab takes the plural too: {@code @@developers}. */
    private static final Map<String, Integer> ROLES = Map.of("developer", 30, "maintainer", 40, "owner", 50);

    /** Logins; empty where GitLab does not tell. */
    Optional<Set<String>> members(String repository, String team) throws ForgeException {
        if (team.startsWith("@")) {
            return role(repository, team.substring(1).toLowerCase(Locale.ROOT).replaceFirst("s$", ""));
        }
        String purpose = "list the members of group " + team;
        Optional<Set<String>> members = client.seen(
                        Request.read(purpose, "/groups/" + Texts.encode(team) + "/members?per_page=100"))
                .map(GitLabMembers::logins);
        if (members.isPresent() || team.contains("/")) {
            return members;
        }
        JsonNode users = client.json(Request.read(purpose, "/users?username=" + Texts.encode(team)));
        return users.isEmpty() ? Optional.empty() : Optional.of(Set.of(team));
    }

    /** A role is that of the project's own members, without those of a higher one; any other role is nobody's. */
    private Optional<Set<String>> role(String repository, String role) throws ForgeException {
        int level = ROLES.getOrDefault(role, -1);
        return client.seen(Request.read(
                        "list the members of " + repository + " of role " + role,
                        GitLabForge.project(repository) + "/members?per_page=100"))
                .map(members -> logins(members.stream()
                        .filter(member -> member.path("access_level").asInt(0) == level)
                        .toList()));
    }

    private static Set<String> logins(List<JsonNode> members) {
        return members.stream()
                .filter(member -> member.path("state").asString("active").equals("active"))
                .map(member -> member.path("username").asString(""))
                .collect(Collectors.toSet());
    }

    /** The address that a user shows to others. */
    Optional<String> address(String user) throws ForgeException {
        String purpose = "read the address of " + user;
        long id = client.json(Request.read(purpose, "/users?username=" + Texts.encode(user)))
                .path(0)
                .path("id")
                .asLong(0);
        return client.visible(Request.read(purpose, "/users/" + id))
                .map(found -> found.path("public_email").asString(""));
    }
}

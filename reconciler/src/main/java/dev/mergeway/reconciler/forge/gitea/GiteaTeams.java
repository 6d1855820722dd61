package dev.mergeway.reconciler.forge.gitea;

import dev.mergeway.reconciler.forge.rest.Request;
import dev.mergeway.reconciler.forge.rest.RestClient;
import dev.mergeway.reconciler.forge.rest.Texts;
import dev.mergeway.reconciler.port.ForgeException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Teams of organizations, which the API knows by number only. Asks with the scope read:organization, as a member. */
record GiteaTeams(RestClient client) {
    /** Logins of the members; empty where there is no such team or the token may not see it. */
    Optional<Set<String>> members(String team) throws ForgeException {
        int slash = team.indexOf('/');
        Optional<Long> id =
                slash < 0 ? Optional.empty() : id(team.substring(0, slash), team.substring(slash + 1), team);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        return client.seen(Request.read("list the members of team " + team, "/teams/" + id.get() + "/members?limit=50"))
                .map(members -> members.stream()
                        .map(member -> member.path("login").asString(""))
                        .collect(Collectors.toSet()));
    }

    private Optional<Long> id(String organization, String name, String team) throws ForgeException {
        Request request = Request.read(
                "find team " + team,
                "/orgs/" + Texts.encode(organization) + "/teams/search?limit=50&q=" + Texts.encode(name));
        return client.visible(request).stream()
                .flatMap(body -> body.path("data").valueStream())
                .filter(found -> found.path("name").asString("").equalsIgnoreCase(name))
                .map(found -> found.path("id").asLong(0))
                .filter(id -> id > 0)
                .findFirst();
    }
}

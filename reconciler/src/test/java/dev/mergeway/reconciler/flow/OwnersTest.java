package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.port.Forge.Approval;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.run.OwnersStyle;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code owners of what a pull request changes, as its comment says. */
class OwnersTest {
    @TempDir
    private Path folder = Path.of(".");

    private Workshop shop;

    @BeforeEach
    void open() throws RepositoryException {
        shop = new Workshop(folder);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static Map<String, String> environment(String more) {
        return Map.of("dev/environment.yaml", """
                apiVersion: mergeway.dev/v1
                kind: Environment
                metadata: { name: shop-dev }
                spec: { tier: dev, targets: { kubernetes: local } }
                """ + more);
    }

    private String planned() {
        assertThat(shop.run(shop.review).message()).startsWith("ready");
        return shop.forge.comments.getOrDefault(7, "");
    }

    @Test
    void aMemberOfTheTeamThatOwnsTheFilesApproves() throws RepositoryException {
        shop.commit("main", Map.of(".github/CODEOWNERS", "/dev/ @acme/reviewers\n"));
        String head = shop.push(environment(""));
        assertThat(planned())
                .contains(
                        "warning by `code-owners`: Waiting for code owners: \uff20acme/reviewers for dev/environment.yaml.");
        shop.forge.members.put("acme/reviewers", Set.of("Maria"));
        shop.forge.approvals.add(new Approval("max", head, "1"));
        assertThat(planned()).contains("Waiting for code owners");
        shop.forge.approvals.add(new Approval("maria", head, "2"));
        assertThat(planned()).contains("passed: `code-owners`").doesNotContain("Waiting");
        assertThat(shop.forge.teamsAsked).as("kept for a while").isEqualTo(1);
        shop.forge.members.put("acme/reviewers", Set.of());
        shop.later(Teams.KEPT);
        assertThat(planned()).contains("Waiting for code owners");
    }

    @Test
    void aTokenThatMayNotReadTheTeamIsSaidInWords() throws RepositoryException {
        shop.commit("main", Map.of("CODEOWNERS", "* @acme/reviewers\n"));
        String head = shop.push(environment(""));
        shop.forge.approvals.add(new Approval("maria", head, "1"));
        assertThat(planned())
                .contains(
                        "Whether code owners approved is not known", "may not read the members of a team", "read:org");
        shop.forge.teamsBroken = true;
        shop.later(Teams.KEPT);
        assertThat(planned()).as("a plan is made all the same").contains("is not known");
    }

    @Test
    void anAddressIsOfWhoeverShowsIt() throws RepositoryException {
        shop.commit("main", Map.of("CODEOWNERS", "* Maria@example.test\n"));
        String head = shop.push(environment(""));
        shop.forge.approvals.add(new Approval("maria", head, "1"));
        assertThat(planned())
                .contains("Whether code owners approved is not known", "an address that nobody who approved shows");
        shop.forge.addresses.put("maria", "maria@example.test");
        shop.later(Teams.KEPT);
        assertThat(planned()).contains("passed: `code-owners`");
    }

    @Test
    void aRoleIsOfWhoeverHasItInTheProject() throws RepositoryException {
        shop.forge.owners = OwnersStyle.GITLAB;
        shop.commit("main", Map.of("CODEOWNERS", "* @@maintainer\n"));
        String head = shop.push(environment(""));
        shop.forge.members.put("@maintainer", Set.of("max"));
        shop.forge.approvals.add(new Approval("maria", head, "1"));
        assertThat(planned()).contains("Waiting for code owners: \uff20\uff20maintainer for");
        shop.forge.approvals.add(new Approval("max", head, "2"));
        assertThat(planned()).contains("passed: `code-owners`");
    }

    @Test
    void thePullRequestHasNoSayInWhoOwnsIt() throws RepositoryException {
        shop.commit("main", Map.of("CODEOWNERS", "* @maria\n"));
        shop.push(environment(""));
        shop.push(Map.of("CODEOWNERS", "* @rosa\n", ".github/CODEOWNERS", "# nobody\n"));
        assertThat(planned()).contains("Waiting for code owners: \uff20maria for .github/CODEOWNERS and 2 more.");
    }

    @Test
    void theAuthorIsNoCodeOwnerOfTheirOwnChange() throws RepositoryException {
        shop.commit("main", Map.of("CODEOWNERS", "* @rosa\n"));
        String head = shop.push(environment(""));
        shop.forge.approvals.add(new Approval("rosa", head, "1"));
        assertThat(planned()).contains("Waiting for code owners: \uff20rosa");
    }

    @Test
    void whatNobodyOwnsIsNotSpokenOf() throws RepositoryException {
        shop.commit("main", Map.of("CODEOWNERS", "/prod/ @maria\n"));
        shop.push(environment(""));
        assertThat(planned()).doesNotContain("code-owners");
    }

    @Test
    void everyForgeHasItsOwnPlacesAndPatterns() throws RepositoryException {
        shop.forge.owners = OwnersStyle.GITEA;
        shop.commit("main", Map.of(".github/CODEOWNERS", "* @max\n", ".gitea/CODEOWNERS", "dev/.* @maria\n"));
        shop.push(environment(""));
        assertThat(planned()).contains("Waiting for code owners: \uff20maria for");
        shop.forge.owners = OwnersStyle.GITLAB;
        assertThat(planned()).doesNotContain("code-owners");
    }
}

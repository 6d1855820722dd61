package dev.mergeway.reconciler.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.policy.CodeOwners.Need;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnersVerdictTest {
    private static final Need TEAM = new Need("", 1, List.of("@acme/reviewers", "@max"), List.of("a", "b", "c"));

    /** {@code @acme/reviewers} is maria, {@code @acme/hidden} nobody knows. */
    private static Optional<Boolean> isOwner(String owner, String user) {
        return switch (owner) {
            case "@acme/reviewers" -> Optional.of(user.equals("maria"));
            case "@acme/hidden" -> Optional.empty();
            default -> Optional.of(owner.equals("@" + user));
        };
    }

    private static Optional<Guardrail> judge(List<Need> needs, String... approvers) {
        return OwnersVerdict.judge(needs, List.of(approvers), OwnersVerdictTest::isOwner, "the token may not.");
    }

    private static String said(List<Need> needs, String... approvers) {
        Guardrail guardrail = judge(needs, approvers).orElseThrow();
        return guardrail.level() + " " + guardrail.message();
    }

    @Test
    void whatNobodyOwnsIsNotSpokenOf() {
        assertThat(judge(List.of(), "maria")).isEmpty();
    }

    @Test
    void anOwnerOrAMemberOfOneApproves() {
        assertThat(said(List.of(TEAM)))
                .isEqualTo("WARN Waiting for code owners: @acme/reviewers or @max for a and 2 more.");
        assertThat(said(List.of(TEAM), "rosa")).startsWith("WARN Waiting");
        assertThat(said(List.of(TEAM), "rosa", "maria")).startsWith("PASS");
        assertThat(said(List.of(TEAM), "max")).startsWith("PASS");
    }

    @Test
    void everyNeedIsMet() {
        Need two = new Need("Docs", 2, List.of("@maria", "@max"), List.of("d"));
        assertThat(said(List.of(TEAM, two), "maria"))
                .isEqualTo("WARN Waiting for code owners: 2 of @maria or @max for d (Docs).");
        assertThat(said(List.of(TEAM, two), "maria", "max")).startsWith("PASS");
    }

    @Test
    void whatNobodyCanTellIsSaidOnlyWhereItDecides() {
        Need hidden = new Need("", 1, List.of("@acme/hidden", "@max"), List.of("a"));
        assertThat(said(List.of(hidden))).startsWith("WARN Waiting");
        assertThat(said(List.of(hidden), "max")).startsWith("PASS");
        assertThat(said(List.of(hidden), "rosa"))
                .isEqualTo("WARN Whether code owners approved is not known: the token may not. It takes"
                        + " @acme/hidden or @max for a.");
    }

    @Test
    void manyAreCounted() {
        List<Need> needs = List.of("a", "b", "c", "d", "e").stream()
                .map(path -> new Need("", 1, List.of("@" + path, "@x", "@y", "@z"), List.of(path)))
                .toList();
        assertThat(said(needs)).endsWith("; and 2 more.").contains("@a or @x or @y or 1 more for a; ");
    }
}

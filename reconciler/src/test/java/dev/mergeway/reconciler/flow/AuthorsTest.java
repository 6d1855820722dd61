package dev.mergeway.reconciler.flow;

import static dev.mergeway.reconciler.flow.Lab.HEAD;
import static dev.mergeway.reconciler.flow.Lab.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.port.Forge.Approval;
import dev.mergeway.reconciler.port.Forge.Origin;
import dev.mergeway.reconciler.port.Forge.Reaction;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.run.PullState;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody alone has data destroyed by having us open the pull request. */
class AuthorsTest {
    private final Lab lab = new Lab();

    private static PullRequest ours(String branch, PullRequest.State state) {
        String merge = state == PullRequest.State.MERGED ? HEAD : null;
        return new PullRequest(1, "t", "mergeway", branch, HEAD, "main", state, merge, "u", false, false);
    }

    private static void blocked(Workshop shop) {
        shop.forge.pulls.put(1, ours("mergeway/rollback-7", PullRequest.State.OPEN));
        shop.store()
                .save(new PullState(
                        "shop",
                        1,
                        "t",
                        "mergeway/rollback-7",
                        HEAD,
                        "mergeway",
                        "open",
                        "u",
                        "blocked",
                        "aaaa",
                        "c",
                        "{}"));
    }

    private static Reaction says(Workshop shop, int number, String who, String text) {
        shop.forge.reactions.clear();
        shop.says(number, who, text);
        shop.settle();
        return shop.forge.reactions.getLast();
    }

    @Test
    void whoOrdersARollbackDoesNotApproveItThoughTheDatabaseIsLost(@TempDir Path folder) throws RepositoryException {
        try (Workshop shop = new Workshop(folder)) {
            shop.push(Map.of("notes.txt", "new\n"));
            shop.merge(Map.of());
            assertThat(says(shop, 7, "alice", "/mergeway rollback")).isEqualTo(Reaction.DONE);
            blocked(shop);
            assertThat(says(shop, 1, "Alice", "/mergeway approve")).isEqualTo(Reaction.REFUSED);
            Origin described = shop.forge.origins.remove(1);
            assertThat(says(shop, 1, "alice", "/mergeway approve"))
                    .as("the description is edited")
                    .isEqualTo(Reaction.REFUSED);
            shop.forge.origins.put(1, described);
            shop.forget();
            blocked(shop);
            assertThat(says(shop, 1, "alice", "/mergeway approve")).isEqualTo(Reaction.REFUSED);
            assertThat(says(shop, 7, "maria", "/mergeway rollback"))
                    .as("who orders it as well is a second person")
                    .isEqualTo(Reaction.DONE);
            assertThat(says(shop, 1, "alice", "/mergeway approve")).isEqualTo(Reaction.REFUSED);
            assertThat(says(shop, 1, "maria", "/mergeway approve")).isEqualTo(Reaction.DONE);
        }
    }

    @Test
    void norDoTheirReviewsCount() throws ForgeException {
        PullRequest pull = ours("mergeway/rollback-7", PullRequest.State.OPEN);
        lab.forge.origins.put(1, new Origin("Takes back #7. " + Authors.line("alice"), false, ""));
        lab.forge.approvals.add(new Approval("alice", HEAD, ""));
        Approvers approvers = new Approvers(lab.world, lab.memory);
        assertThat(approvers.of(SHOP, pull, "aaaa")).containsExactly("alice");
        lab.forge.origins.put(1, new Origin("Takes back #7.\n\n" + Authors.line("alice"), false, ""));
        assertThat(approvers.of(SHOP, pull, "aaaa")).isEmpty();
        lab.forge.approvals.add(new Approval("maria", HEAD, ""));
        assertThat(approvers.of(SHOP, pull, "aaaa")).containsExactly("maria");
    }

    @Test
    void whoMergesWhatNobodyOrderedIsNoSecondPerson() throws ForgeException {
        PullRequest pull = ours("mergeway/expire-shop-dev", PullRequest.State.MERGED);
        Approvers approvers = new Approvers(lab.world, lab.memory);
        lab.forge.approvals.add(new Approval("alice", HEAD, ""));
        lab.forge.origins.put(1, new Origin("Its time is up.", true, "alice"));
        assertThat(approvers.ofShown(SHOP, pull)).isEmpty();
        lab.forge.origins.put(1, new Origin("Its time is up.", true, "merge-queue[bot]"));
        assertThat(approvers.ofShown(SHOP, pull)).as("a robot is no person").isEmpty();
        lab.forge.origins.put(1, new Origin("Its time is up.", true, "maria"));
        assertThat(approvers.ofShown(SHOP, pull)).containsExactly("alice");
    }

    @Test
    void ofOnesOwnPullRequestWhoMergesMayHaveApproved() throws ForgeException {
        PullRequest pull = Lab.merged(HEAD, HEAD);
        lab.forge.approvals.add(new Approval("maria", HEAD, ""));
        lab.forge.origins.put(7, new Origin("", true, "maria"));
        assertThat(new Approvers(lab.world, lab.memory).ofShown(SHOP, pull)).containsExactly("maria");
    }
}

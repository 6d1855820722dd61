package dev.mergeway.reconciler.flow;

import static dev.mergeway.reconciler.flow.Lab.HEAD;
import static dev.mergeway.reconciler.flow.Lab.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.port.Forge.Approval;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import org.junit.jupiter.api.Test;

class ApproversTest {
    private static final PullRequest PULL = Lab.pull(HEAD, false);

    private final Lab lab = new Lab();

    private Approvers approvers() {
        return new Approvers(lab.world, lab.memory);
    }

    @Test
    void aReviewCoversThePlanThatWasShownAndNoOther() throws ForgeException {
        lab.shown(HEAD, "aaaa");
        lab.forge.approvals.add(new Approval("maria", HEAD, "1"));
        assertThat(approvers().of(SHOP, PULL, "aaaa")).containsExactly("maria");
        assertThat(approvers().of(SHOP, PULL, "bbbb")).as("the base moved").isEmpty();
        lab.shown(HEAD, "bbbb");
        assertThat(approvers().of(SHOP, PULL, "bbbb"))
                .as("the old review again")
                .isEmpty();
        assertThat(approvers().ofShown(SHOP, PULL)).as("after the merge").isEmpty();
        lab.forge.approvals.add(new Approval("maria", HEAD, "2"));
        assertThat(approvers().of(SHOP, PULL, "bbbb")).containsExactly("maria");
        assertThat(approvers().ofShown(SHOP, PULL)).containsExactly("maria");
        assertThat(approvers().of(SHOP, PULL, "aaaa")).as("back again").containsExactly("maria");
    }

    @Test
    void oneThatIsSeenAfterThePlanChangedCoversTheOneThatWasShown() throws ForgeException {
        lab.shown(HEAD, "aaaa");
        lab.forge.approvals.add(new Approval("maria", HEAD, "1"));
        assertThat(approvers().of(SHOP, PULL, "bbbb")).isEmpty();
    }

    @Test
    void aReviewBeforeThereWasAPlanCoversNone() throws ForgeException {
        lab.forge.approvals.add(new Approval("maria", HEAD, "1"));
        assertThat(approvers().of(SHOP, PULL, "aaaa")).isEmpty();
        lab.shown(HEAD, "aaaa");
        assertThat(approvers().of(SHOP, PULL, "aaaa"))
                .as("the old review again")
                .isEmpty();
        assertThat(approvers().early(SHOP, PULL, "aaaa")).containsExactly("maria");
        assertThat(approvers().ofShown(SHOP, PULL)).as("after the merge").isEmpty();
        lab.forge.approvals.add(new Approval("maria", HEAD, "2"));
        assertThat(approvers().of(SHOP, PULL, "aaaa")).containsExactly("maria");
        assertThat(approvers().early(SHOP, PULL, "aaaa")).isEmpty();
    }

    @Test
    void theCommentTellsWhatWasShownWhereTheDatabaseIsLost() throws ForgeException {
        lab.shown(HEAD, "aaaa");
        lab.forge.approvals.add(new Approval("maria", HEAD, "1"));
        lab.memory = lab.fresh();
        assertThat(approvers().ofShown(SHOP, PULL)).containsExactly("maria");
        lab.memory = lab.fresh();
        assertThat(approvers().of(SHOP, PULL, "bbbb")).isEmpty();
    }

    @Test
    void nobodyApprovesTheirOwnAndNobodyTwice() throws ForgeException {
        lab.shown(HEAD, "aaaa");
        lab.forge.approvals.add(new Approval("rosa", HEAD, "1"));
        lab.forge.approvals.add(new Approval("maria", HEAD, "2"));
        lab.forge.approvals.add(new Approval("maria", HEAD, "3"));
        lab.forge.approvals.add(new Approval("max", "0".repeat(40), "4"));
        assertThat(approvers().of(SHOP, PULL, "aaaa")).containsExactly("maria");
    }

    @Test
    void aForgeThatCannotTellReviewsApartApprovesTheCommit() throws ForgeException {
        lab.shown(HEAD, "aaaa");
        lab.forge.approvals.add(new Approval("maria", HEAD, ""));
        assertThat(approvers().of(SHOP, PULL, "aaaa")).containsExactly("maria");
        assertThat(approvers().of(SHOP, PULL, "bbbb")).containsExactly("maria");
    }
}

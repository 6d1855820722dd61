package dev.mergeway.reconciler.flow;

import static dev.mergeway.reconciler.flow.Lab.HEAD;
import static dev.mergeway.reconciler.flow.Lab.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mergeway.reconciler.port.ForgeException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SayingTest {
    private static final String PENDING = HEAD + " PENDING Working out what merging this would do";

    private final Lab lab = new Lab();
    private final Saying saying = new Saying(
            lab.world, lab.memory, new Statuses(lab.world, lab.memory.clock()), "https://mergeway.example.test");

    @Test
    void whatIsPendingTooLongIsSaidToBeOnce() throws ForgeException {
        saying.pending(SHOP, Lab.pull(HEAD, false));
        saying.pending(SHOP, Lab.pull(HEAD, false));
        assertThat(lab.forge.statuses).containsExactly(PENDING);
        saying.sweep();
        assertThat(lab.forge.statuses).hasSize(1);
        lab.now = lab.now.plus(Pending.DEADLINE);
        saying.sweep();
        saying.sweep();
        saying.pending(SHOP, Lab.pull(HEAD, false));
        assertThat(lab.forge.statuses)
                .hasSize(2)
                .last()
                .asString()
                .startsWith(HEAD + " ERROR No plan after 10 minutes");
    }

    @Test
    void whatWasSaidSinceIsNotOver() throws ForgeException {
        saying.pending(SHOP, Lab.pull(HEAD, false));
        saying.fork(SHOP, Lab.pull(HEAD, true));
        lab.now = lab.now.plus(Pending.DEADLINE);
        saying.sweep();
        assertThat(lab.forge.statuses).hasSize(2).last().asString().contains("FAILURE From a fork");
    }

    @Test
    void aStatusThatTheForgeDidNotTakeIsSaidTheNextTime() throws ForgeException {
        lab.forge.down = true;
        assertThatThrownBy(() -> saying.pending(SHOP, Lab.pull(HEAD, false))).isInstanceOf(ForgeException.class);
        lab.forge.down = false;
        saying.pending(SHOP, Lab.pull(HEAD, false));
        assertThat(lab.forge.statuses).containsExactly(PENDING);
    }

    @Test
    void aStatusThatTheForgeNeverTakesKeepsNoCommentFromBeingWritten() throws ForgeException {
        lab.forge.refusal = new ForgeException("Forge 'corp' answered 404.", false, null, null);
        saying.pending(SHOP, Lab.pull(HEAD, true));
        saying.fork(SHOP, Lab.pull(HEAD, true));
        assertThat(lab.forge.comments.get(7)).contains("/mergeway plan");
        saying.conflict(SHOP, Lab.pull(HEAD, false), List.of("a.yaml"));
        assertThat(lab.forge.comments.get(7)).contains("a.yaml");
    }
}

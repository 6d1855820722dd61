package dev.mergeway.reconciler.flow;

import static dev.mergeway.reconciler.flow.Lab.HEAD;
import static dev.mergeway.reconciler.flow.Lab.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.run.Order;
import org.junit.jupiter.api.Test;

class ForksTest {
    private static final String LATER = "2".repeat(40);

    private final Lab lab = new Lab();

    private boolean mayPlan(String head, boolean fork) throws ForgeException {
        return new Forks(lab.world, lab.memory).mayPlan(SHOP, Lab.pull(head, fork));
    }

    @Test
    void oneCommitIsPlannedOnceAMemberAsked() throws ForgeException {
        assertThat(mayPlan(HEAD, false)).isTrue();
        assertThat(mayPlan(HEAD, true)).isFalse();
        lab.forge.pulls.put(7, Lab.pull(HEAD, true));
        new Forks(lab.world, lab.memory).asked(SHOP, 7, new Order(Order.Verb.PLAN, 1, lab.now, HEAD, "maria"));
        assertThat(mayPlan(HEAD, true)).isTrue();
        assertThat(mayPlan(LATER, true)).isFalse();
    }

    @Test
    void aPlanThatIsShownWasAskedFor() throws ForgeException {
        lab.shown(HEAD, "aaaa");
        lab.memory = lab.fresh();
        assertThat(mayPlan(HEAD, true)).isTrue();
        assertThat(mayPlan(LATER, true)).isFalse();
    }
}

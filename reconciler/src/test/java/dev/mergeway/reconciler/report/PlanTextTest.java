package dev.mergeway.reconciler.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlanTextTest {
    @Test
    void isReadAtATerminal() {
        assertThat(PlanText.of(Plans.usual(), Plans.READY, Setting.NONE, false))
                .isEqualTo("""
                        shop-dev  checkout.yaml:3
                          + create Service checkout
                          + create Deployment checkout
                        shop-dev  cart.yaml:3
                          ~ update Deployment cart
                              spec.template.spec.containers[0].image: cart:1 → cart:2
                              data.password: (hidden)

                        This restarts cart in shop-dev once; creates checkout in shop-dev; nothing is deleted.
                        Plan %s: 2 to create, 1 to update, nothing deleted, 1 unchanged.
                        """.formatted(Plans.usual().hash()));
        assertThat(PlanText.of(Plans.usual(), Plans.READY, Setting.NONE, true)).contains("\u001b[32m  + create");
        assertThat(PlanText.of(Plans.plan(), Plans.READY, Setting.NONE, true)).isEqualTo("Nothing to change.\n");
    }
}

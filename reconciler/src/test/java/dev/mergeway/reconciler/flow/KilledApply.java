package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.run.RunKey;
import dev.mergeway.reconciler.run.RunState;
import java.nio.file.Path;

/**
 * A process that releases an environment, with the real journal, and ends by SIGKILL where one is to be killed yet; else it
 * ends well when all is applied. It begins when something is written to it.
 */
final class KilledApply {
    private KilledApply() {}

    /** Arguments: kubeconfig, folder of the shop, environment, moment, file of the steps at which one is to be killed yet. */
    public static void main(String[] arguments) throws Exception {
        try (KilledShop shop = new KilledShop(Path.of(arguments[1]), Path.of(arguments[0]))) {
            // Most of its time a process loads classes and shakes hands: it has done so when its turn comes.
            shop.getReady();
            if (System.in.read() >= 0) {
                Moment moment = Moment.valueOf(arguments[3]);
                Path left = Path.of(arguments[4]);
                Ending ending = shop.run(
                        new RunKey.Release(arguments[2]),
                        "journal",
                        journal -> new KillingJournal(journal, moment, left));
                System.out.println(ending.message());
                if (ending.state() != RunState.SUCCEEDED) {
                    throw new IllegalStateException(ending.toString());
                }
            }
        }
    }
}

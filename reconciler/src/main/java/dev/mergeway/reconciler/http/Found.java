package dev.mergeway.reconciler.http;

import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.reconciler.run.PullState;
import dev.mergeway.reconciler.run.RunRecord;
import java.util.Map;

/** What a path names, or the refusal that says what is not there. */
final class Found {
    private Found() {}

    static PullState pull(Ledger ledger, Call call) throws Refusal {
        String repository = call.name("repo");
        int number = call.number("number");
        return ledger.pull(repository, number)
                .orElseThrow(() -> Refusal.notFound("Pull request " + number + " of '" + repository
                        + "' is not known: a repository goes by its name in the configuration."));
    }

    static RunRecord run(Ledger ledger, Call call) throws Refusal {
        String id = call.name("id");
        return ledger.run(id)
                .orElseThrow(
                        () -> Refusal.notFound("There is no run '" + id + "': it may be too old to be remembered."));
    }

    static Map<String, Object> schema(KindCatalogue kinds, Call call) throws Refusal {
        String kind = call.name("kind");
        return kinds.schema(kind).orElseThrow(() -> Refusal.notFound("There is no kind called '" + kind + "'."));
    }
}

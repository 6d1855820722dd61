package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Notice;
import java.util.ArrayList;
import java.util.List;

/** What the answer to a dry run says beside what changes: warnings, and what becomes of fields that we set. */
final class Notices {
    /** Rule of what the API server warns of. */
    static final String WARNING = "target/warning";

    /** Rule of a field that the cluster sets otherwise than it was told. */
    static final String ADMISSION = "target/admission";

    /** A warning of pod security names five mistakes of each container; more than this is a list, not a warning. */
    private static final int LONGEST = 400;

    private Notices() {}

    /** In plain words, hidden values struck out, few and short. */
    static List<Notice> of(Desired desired, Reply reply) {
        List<Notice> notices = warnings(desired, reply);
        notices.addAll(Mutations.of(desired, reply.body()));
        return notices;
    }

    /** What the server warns of, without what becomes of fields. */
    static List<Notice> warnings(Desired desired, Reply reply) {
        Sensitivity sensitivity = Sensitivity.of(desired);
        List<Notice> notices = new ArrayList<>();
        for (String warning : reply.warnings()) {
            // Struck first, so that nothing of a hidden value is left at the cut.
            notices.add(new Notice(WARNING, "", "the cluster warns: " + cut(sensitivity.strike(warning), LONGEST)));
        }
        return notices;
    }

    /** A text of at most so many characters. */
    static String cut(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, longest - 1)) + "…";
    }
}

package dev.mergeway.reconciler.flow;

import java.util.List;
import java.util.Map;

/**
 * What a release starts from.
 *
 * @param question what to plan
 * @param merged per repository what came in since it was applied last
 * @param revisions per repository the commit that is applied now
 */
record Situation(Question question, List<Merged> merged, Map<String, String> revisions) {}

package dev.mergeway.schema.score;

import dev.mergeway.schema.model.Document;

/**
 * Reads a workload of the Score specification ({@code score.dev/v1b1}) as a spec of kind {@code Deployment}. Pure and
 * safe to share.
 *
 * <p>The shape of the file is judged by {@code schemas/score.schema.json} and not here: what has the wrong shape is
 * passed over in silence, so that each mistake is said once. Here is said only what Score allows and we cannot honour.
 *
 * <p>A Deployment's body is Score's own but for two things: the older lists of files and volumes become maps, and a
 * resource's {@code metadata} has no use.
 */
public final class ScoreConverter {
    /** What {@code apiVersion} says in a Score file. */
    public static final String API_VERSION = "score.dev/v1b1";

    /** Annotation by which a Score file names its environment, since Score has no field for it. */
    public static final String ENVIRONMENT = "mergeway.dev/environment";

    /** Converts a document whose {@code apiVersion} is {@link #API_VERSION}; never throws for what is in it. */
    public Converted convert(Document document) {
        return new Conversion(document).run();
    }
}

package dev.mergeway.schema.score;

/**
 * The same part in two documents.
 *
 * @param body its JSON pointer in the body of the Deployment
 * @param score its JSON pointer in the Score file
 */
record Place(String body, String score) {
    static final Place ROOT = new Place("", "");

    /** The part below that has the same name in both. */
    Place child(String name) {
        return child(name, name);
    }

    /** The part below that is called one way in the body and another in the Score file. */
    Place child(String inBody, String inScore) {
        return new Place(body + "/" + escape(inBody), score + "/" + escape(inScore));
    }

    /** As RFC 6901 asks for. */
    private static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}

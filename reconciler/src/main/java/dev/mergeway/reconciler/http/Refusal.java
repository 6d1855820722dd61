package dev.mergeway.reconciler.http;

/** Why something is not answered as asked. */
final class Refusal extends Exception {
    private final int status;

    private Refusal(int status, String detail) {
        super(detail);
        this.status = status;
    }

    static Refusal notFound(String detail) {
        return new Refusal(404, detail);
    }

    static Refusal bad(String detail) {
        return new Refusal(400, detail);
    }

    int status() {
        return status;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}

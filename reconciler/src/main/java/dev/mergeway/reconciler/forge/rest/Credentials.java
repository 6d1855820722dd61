package dev.mergeway.reconciler.forge.rest;

import dev.mergeway.reconciler.port.ForgeException;

/** What a request shows to be let in. Safe for many threads. */
public interface Credentials {
    /** Name of the header. */
    String header();

    /** Value of the header now; may fetch a new token. */
    String value() throws ForgeException;

    /** Says that the value was refused; true if another one can be had, so that the request is worth a second try. */
    boolean renew();

    /**
     * A token that stays the same.
     *
     * @param header name of the header
     * @param prefix what stands before the token, such as {@code "token "}
     * @param token the token; blanks around it (a file's last line break) do not count
     * @throws IllegalArgumentException if the token is empty or cannot be in a header
     */
    static Credentials token(String header, String prefix, String token) {
        String stripped = token.strip();
        if (stripped.isEmpty() || !stripped.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("the forge's token is empty or holds characters that no token has");
        }
        return new Credentials() {
            @Override
            public String header() {
                return header;
            }

            @Override
            public String value() {
                return prefix + stripped;
            }

            @Override
            public boolean renew() {
                return false;
            }
        };
    }
}

package io.risefall.query.http.access;

/**
 * Somebody who may look at the pages.
 *
 * @param name of letters, digits, {@code .}, {@code _} and {@code -}
 * @param hash of the token, as hexadecimal SHA-256: a token is 256 random bits, so that nobody can guess it from there
 */
public record User(String name, Scope scope, String hash) {
    private static final String NAME = "[A-Za-z0-9_.-]{1,40}";

    public User {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException(
                    "a user's name has 1 to 40 letters, digits, dots, underscores and dashes");
        }
        if (!hash.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("the third word must be the hash that risefall user add wrote");
        }
    }
}

package io.risefall.query.alert.secret;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Where a secret is. It is read each time it is needed, so that a changed one is used at once, and is in no configuration, argument,
 * log or table.
 *
 * @param place file or environment
 * @param name the path, or the name of the variable
 */
public record SecretSource(Place place, String name) {
    private static final int LONGEST_BYTES = 64 * 1024;

    /** Where it is. */
    public enum Place {
        FILE,
        ENVIRONMENT
    }

    /**
     * The secret, without blanks and line ends around it.
     *
     * @throws IOException with what is wrong and where, without the secret
     */
    public String read() throws IOException {
        String text = place == Place.FILE ? file() : environment();
        String secret = text.strip();
        if (secret.isEmpty()) {
            throw new IOException("the secret in " + this + " is empty");
        }
        if (secret.chars().anyMatch(Character::isISOControl)) {
            throw new IOException("the secret in " + this + " must be one line");
        }
        return secret;
    }

    private String environment() throws IOException {
        String value = System.getenv(name);
        if (value == null) {
            throw new IOException("the " + this + " is not set where Risefall runs");
        }
        return value;
    }

    private String file() throws IOException {
        Path file = Path.of(name);
        try {
            if (Files.size(file) > LONGEST_BYTES) {
                throw new IOException("the secret in " + this + " is longer than " + LONGEST_BYTES + " bytes");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new IOException("the secret cannot be read: there is no " + this, e);
        } catch (CharacterCodingException e) {
            throw new IOException("the secret in " + this + " is not text", e);
        }
    }

    /** Where it is, not what it is. */
    @Override
    public String toString() {
        return (place == Place.FILE ? "file " : "environment variable ") + name;
    }
}

package io.risefall.query.http.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of users, a line each: name, scope, hash. It is read again when it changes; while it cannot be read, nobody is a user. Any
 * thread.
 */
public final class UsersFile {
    private static final Logger LOG = LoggerFactory.getLogger(UsersFile.class);
    /** Compared with where a name is nobody's, so that the time tells nothing. */
    private static final String NOBODY = "0".repeat(64);

    private final Path file;
    private @Nullable FileVersion version;
    private Map<String, User> users = Map.of();

    /** Reads it; an {@link IllegalArgumentException} names what is wrong, and the remedy. */
    public UsersFile(Path file) {
        this.file = file;
        try {
            version = FileVersion.of(file);
            users = read(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "cannot read the users' file " + file + ": " + e
                            + "; make it with risefall user add NAME --http-users " + file,
                    e);
        }
    }

    private static Map<String, User> read(Path file) throws IOException {
        Map<String, User> users = new TreeMap<>();
        PrivateFiles.check("the users' file", file);
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                User user = user(file + ":" + number, line);
                if (users.put(user.name(), user) != null) {
                    throw new IllegalArgumentException(file + ":" + number + ": " + user.name() + " is there twice");
                }
            }
        }
        return users;
    }

    private static User user(String place, String line) {
        String[] words = line.strip().split("\\s+");
        if (words.length != 3) {
            throw new IllegalArgumentException(place + ": must be NAME read|full HASH, as risefall user add writes it");
        }
        try {
            return new User(words[0], Scope.valueOf(words[1].toUpperCase(Locale.ROOT)), words[2]);
        } catch (IllegalArgumentException e) {
            String why = e.getMessage() != null && e.getMessage().startsWith("No enum")
                    ? "the scope must be read or full"
                    : e.getMessage();
            throw new IllegalArgumentException(place + ": " + why, e);
        }
    }

    /** Adds a line, and makes the file where there is none. */
    public static void add(Path file, User user) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Map<String, User> users = read(file);
        if (users.containsKey(user.name())) {
            throw new IllegalArgumentException(
                    user.name() + " is in " + file + " already; delete that line to give a new token");
        }
        Files.writeString(
                file, user.name() + " " + user.scope().word() + " " + user.hash() + "\n", StandardOpenOption.APPEND);
    }

    /** Whose token that is. */
    Optional<User> user(String token) {
        User named = users().get(UserTokens.name(token));
        boolean right = UserTokens.equal(UserTokens.hash(token), named == null ? NOBODY : named.hash());
        return right ? Optional.ofNullable(named) : Optional.empty();
    }

    /** The user who is named by what should be a token; empty: nobody is. */
    Optional<String> named(String token) {
        return Optional.ofNullable(users().get(UserTokens.name(token))).map(User::name);
    }

    /** Whether somebody is a user still, as before. */
    boolean has(User user) {
        return user.equals(users().get(user.name()));
    }

    private synchronized Map<String, User> users() {
        try {
            FileVersion now = FileVersion.of(file);
            if (!now.equals(version)) {
                version = now;
                users = read(file).values().stream().collect(Collectors.toUnmodifiableMap(User::name, user -> user));
                LOG.info("read {} again: {} users", file, users.size());
            }
        } catch (IOException | IllegalArgumentException e) {
            if (!users.isEmpty()) {
                LOG.warn("nobody may look until this is mended: {}", e.getMessage());
            }
            users = Map.of();
            version = null;
        }
        return users;
    }
}

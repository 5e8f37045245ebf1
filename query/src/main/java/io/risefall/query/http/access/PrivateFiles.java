package io.risefall.query.http.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files with secrets, as of users and of keys, which others must not read. */
final class PrivateFiles {
    private static final Set<PosixFilePermission> OF_OTHERS = PosixFilePermissions.fromString("----wxrwx");

    private PrivateFiles() {}

    /**
     * Refuses a file that others can read or change. Its group may read it where it belongs to somebody else than this process, who
     * lets it read in that way: so do Kubernetes, and Debian's group {@code ssl-cert}.
     *
     * @param what it is, for the message of the {@link IllegalArgumentException}
     */
    static void check(String what, Path file) throws IOException {
        Set<PosixFilePermission> given = Files.getPosixFilePermissions(file);
        boolean own = Files.getOwner(file).getName().equals(System.getProperty("user.name"));
        if (given.stream().anyMatch(OF_OTHERS::contains) || (own && given.contains(PosixFilePermission.GROUP_READ))) {
            throw new IllegalArgumentException(
                    what + " " + file + " can be read or changed by others than its owner: chmod 600 " + file);
        }
    }
}

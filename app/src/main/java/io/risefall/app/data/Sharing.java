package io.risefall.app.data;

import io.risefall.app.process.AtomicFile;
import io.risefall.app.process.Failure;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who besides its owner may look into a data directory: nobody, or the members of one group, who may then ask (query,
 * report, explain) and nothing else. The group is kept in the directory, so that every later start finds it. What is
 * below the directory's own folders (the broker's log, journals, stores) stays the owner's in either case.
 */
public final class Sharing {
    /** Given as the group: shared no longer. */
    public static final String NOBODY = "-";

    private static final Set<PosixFilePermission> OWN_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> SHARED_FOLDER = PosixFilePermissions.fromString("rwxr-x---");
    private static final Set<PosixFilePermission> OWN_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> SHARED_FILE = PosixFilePermissions.fromString("rw-r-----");

    /** What somebody who asks must read: where the service answers, or else the answers themselves. */
    private static final List<String> ASKED = List.of("service.json", "warehouse.duckdb", "warehouse.duckdb.wal");

    private final Path directory;

    Sharing(Path directory) {
        this.directory = directory;
    }

    /** Makes the folder, which only its owner may enter; folders above it are made as usual. */
    void makeDirectory() throws IOException {
        Path parent = directory.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (Files.isDirectory(directory)) {
            return;
        }
        if (isPosix(parent == null ? directory : parent)) {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWN_FOLDER));
        } else {
            Files.createDirectory(directory);
        }
    }

    /**
     * Shares with this group from now on.
     *
     * @param group its name, or {@link #NOBODY}
     */
    void with(String group) throws IOException {
        if (group.equals(NOBODY)) {
            Files.deleteIfExists(file());
        } else {
            principal(group);
            AtomicFile.write(file(), group + "\n");
        }
    }

    /**
     * Sets the permissions of what is there now, also of what an older Risefall left open to everybody. Where the folder is
     * another user's, it is left as that user made it.
     */
    void apply() throws IOException {
        if (!isPosix(directory) || !isOwned()) {
            return;
        }
        String group = group();
        set(directory, group, group == null ? OWN_FOLDER : SHARED_FOLDER);
        try (Stream<Path> children = Files.list(directory)) {
            for (Path child : (Iterable<Path>) children::iterator) {
                if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                    set(child, null, OWN_FOLDER);
                } else if (Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS)) {
                    boolean shared =
                            group != null && ASKED.contains(child.getFileName().toString());
                    set(child, shared ? group : null, shared ? SHARED_FILE : OWN_FILE);
                }
            }
        }
    }

    /** The group that may ask; null: nobody. */
    @Nullable String group() throws IOException {
        try {
            return Files.readString(file()).strip();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private void set(Path path, @Nullable String group, Set<PosixFilePermission> permissions) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        try {
            if (group != null) {
                view.setGroup(principal(group));
            }
            Files.setPosixFilePermissions(path, permissions);
        } catch (NoSuchFileException e) {
            // A log of the database's own that was there a moment ago: gone is as private as can be.
        }
    }

    private static GroupPrincipal principal(String group) throws IOException {
        try {
            return FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByGroupName(group);
        } catch (UserPrincipalNotFoundException e) {
            throw new Failure("no group " + group + " on this machine; see getent group", e);
        }
    }

    /** A file made now tells who we are: a container's user need not have a name. */
    private boolean isOwned() throws IOException {
        Path ours = Files.createTempFile(directory, "owner", ".tmp");
        try {
            return Files.getOwner(ours).equals(Files.getOwner(directory));
        } finally {
            Files.delete(ours);
        }
    }

    private static boolean isPosix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView(PosixFileAttributeView.class);
    }

    private Path file() {
        return directory.resolve("shared-with");
    }
}

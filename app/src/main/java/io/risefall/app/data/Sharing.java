package io.risefall.app.data;

import io.risefall.app.process.CommandException;
import io.risefall.query.file.AtomicFile;
import io.risefall.query.warehouse.facts.PastDays;
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
 * Who may read a data directory besides its owner: nobody, or the members of one group, who may run query, report and explain
 * only. The group is stored in the directory for later starts. The folders in it (the broker's log, journals, stores) are always
 * private.
 */
public final class Sharing {
    /** As group: no longer shared. */
    public static final String NOBODY = "-";

    private static final Set<PosixFilePermission> OWN_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> SHARED_FOLDER = PosixFilePermissions.fromString("rwxr-x---");
    private static final Set<PosixFilePermission> OWN_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> SHARED_FILE = PosixFilePermissions.fromString("rw-r-----");

    /** The files needed for a query: the address of the service, or the warehouse. */
    private static final List<String> READ_BY_GROUP =
            List.of("service.json", "warehouse.duckdb", "warehouse.duckdb.wal", PastDays.FILE, PastDays.FILE + ".wal");

    private final Path directory;

    Sharing(Path directory) {
        this.directory = directory;
    }

    /** Creates the folder, private to its owner; parent folders are created as usual. */
    void createDirectory() throws IOException {
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
     * Sets the permissions of all existing files, including those that an older Risefall left readable for everybody. Does nothing
     * if another user owns the folder.
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
                    boolean shared = group != null
                            && READ_BY_GROUP.contains(child.getFileName().toString());
                    set(child, shared ? group : null, shared ? SHARED_FILE : OWN_FILE);
                }
            }
        }
    }

    /** The group that may query; null: nobody. */
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
            // A log of the database, which has deleted it meanwhile.
        }
    }

    private static GroupPrincipal principal(String group) throws IOException {
        try {
            return FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByGroupName(group);
        } catch (UserPrincipalNotFoundException e) {
            throw new CommandException("no group " + group + " on this machine; list groups with: getent group", e);
        }
    }

    /** Compares owners with a new file: the user of a container may have no name. */
    private boolean isOwned() throws IOException {
        Path ours = Files.createTempFile(directory, "owner", ".tmp");
        try {
            return Files.getOwner(ours).equals(Files.getOwner(directory));
        } finally {
            Files.delete(ours);
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private Path file() {
        return directory.resolve("shared-with");
    }
}

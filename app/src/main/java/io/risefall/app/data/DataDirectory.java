package io.risefall.app.data;

import io.risefall.app.process.CommandException;
import io.risefall.query.file.DiskRoom;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder with all data, and the lock that makes one process its owner. The operating system releases the lock when the
 * process ends in any way. A folder that a start has created and then not used is deleted.
 *
 * @see #lock
 */
public final class DataDirectory implements AutoCloseable {
    /** Required to start: the first segments and indexes of the topics alone take some megabytes. */
    private static final long NEEDED_BYTES = 64L << 20;

    private final Path path;
    private final String owner;
    private final Sharing sharing;
    private @Nullable FileChannel channel;
    private boolean created;

    /**
     * @param path the folder; created if missing
     * @param owner the part of the program that is locked: one may run per folder
     */
    public DataDirectory(Path path, String owner) {
        this.path = path.toAbsolutePath().normalize();
        this.owner = owner;
        this.sharing = new Sharing(this.path);
    }

    public Path path() {
        return path;
    }

    /** The database file of the query part. */
    public Path warehouse() {
        return path.resolve("warehouse.duckdb");
    }

    /** Local state of the streams part. */
    public Path streams() {
        return path.resolve("streams");
    }

    /**
     * Creates the folder if it is missing and locks it.
     *
     * @throws CommandException if it cannot, with the reason
     */
    public void lock() {
        if (!tryLock()) {
            throw new CommandException(path + " is in use by another risefall"
                    + pid().map(pid -> " (pid " + pid + ")").orElse("")
                    + "; query, report and explain work meanwhile. To start another one, use another --data DIR");
        }
    }

    /** Like {@link #lock}, but false if another process owns it. */
    public boolean tryLock() {
        try {
            boolean missing = !Files.exists(path);
            sharing.createDirectory();
            created = missing;
            long usable = DiskRoom.bytes(path);
            if (usable < NEEDED_BYTES) {
                throw new CommandException("disk full at " + path + ": " + (usable >> 20) + " MB free, "
                        + (NEEDED_BYTES >> 20) + " MB needed to start; free some space or use another --data DIR");
            }
            FileChannel opened = FileChannel.open(lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!own(opened)) {
                opened.close();
                return false;
            }
            channel = opened;
            sharing.apply();
            opened.truncate(0);
            opened.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return true;
        } catch (IOException e) {
            throw new CommandException(explain(e) + "; use another --data DIR", e);
        }
    }

    /** Whether another process owns it now, as far as this user can see. */
    public boolean isOwned() {
        try (FileChannel lock = FileChannel.open(lockFile(), StandardOpenOption.READ);
                FileLock held = lock.tryLock(0, Long.MAX_VALUE, true)) {
            return held == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Lets the members of a group query from now on. Called by the owner.
     *
     * @param group its name, {@link Sharing#NOBODY}, or null: unchanged
     */
    public void share(@Nullable String group) {
        try {
            if (group != null) {
                sharing.with(group);
            }
            sharing.apply();
        } catch (IOException e) {
            throw new CommandException(
                    "cannot share " + path + (group == null ? "" : " with the group " + group) + ": " + describe(e)
                            + "; only its owner can share it, and only with a group of which the owner is a member",
                    e);
        }
    }

    /** The process id of the owner, if known. */
    public Optional<String> pid() {
        try {
            return Optional.of(Files.readString(lockFile()).strip()).filter(pid -> !pid.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            if (created && isUnused()) {
                Files.deleteIfExists(lockFile());
                Files.delete(path);
            } else if (channel != null) {
                sharing.apply();
            }
            if (channel != null) {
                channel.close();
                channel = null;
            }
        } catch (IOException e) {
            // The process end releases the lock, and the remaining files are as private as the folder.
        }
    }

    /** Whether nothing is in it but the lock: anything else may be data, which nobody deletes. */
    private boolean isUnused() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.allMatch(lockFile()::equals);
        }
    }

    private static boolean own(FileChannel opened) throws IOException {
        try {
            FileLock lock = opened.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private Path lockFile() {
        return path.resolve(owner + ".lock");
    }

    private String explain(IOException e) {
        for (Path at = path; at != null; at = at.getParent()) {
            if (Files.exists(at)) {
                return Files.isDirectory(at)
                        ? "cannot write to " + path + ": " + describe(e)
                        : at + " is not a directory";
            }
        }
        return "cannot create " + path + ": " + describe(e);
    }

    private static String describe(IOException e) {
        return e instanceof java.nio.file.AccessDeniedException
                ? "permission denied"
                : e instanceof java.nio.file.FileSystemException file && file.getReason() != null
                        ? file.getReason()
                        : CommandException.reason(e);
    }
}

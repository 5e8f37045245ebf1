package io.risefall.app.data;

import io.risefall.app.process.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder below which everything is kept, and the lock that makes one process its owner. The lock is the operating
 * system's: it falls with the process, however that ends. A folder that was made for a start which failed goes again.
 *
 * @see #lock
 */
public final class DataDirectory implements AutoCloseable {
    /** Below this nothing can start: the first segments and indexes of the topics alone take some megabytes. */
    private static final long NEEDED_BYTES = 64L << 20;

    private final Path path;
    private final String owner;
    private final Sharing sharing;
    private @Nullable FileChannel channel;
    private boolean madeInVain;

    /**
     * @param path the folder; made when it is missing
     * @param owner what is locked: a part of the program, of which one may run on the folder
     */
    public DataDirectory(Path path, String owner) {
        this.path = path.toAbsolutePath().normalize();
        this.owner = owner;
        this.sharing = new Sharing(this.path);
    }

    public Path path() {
        return path;
    }

    /** The file of the query part. */
    public Path warehouse() {
        return path.resolve("warehouse.duckdb");
    }

    /** Local state of the streams part. */
    public Path streams() {
        return path.resolve("streams");
    }

    /** Makes the folder when it is missing and becomes its owner; a {@link Failure} says why it cannot. */
    public void lock() {
        if (!tryLock()) {
            throw new Failure(path + " is in use by another risefall"
                    + pid().map(pid -> " (pid " + pid + ")").orElse("")
                    + "; query and report work beside it, or choose another --data DIR");
        }
    }

    /** Like {@link #lock}, but false where another process owns it. */
    public boolean tryLock() {
        try {
            boolean missing = !Files.exists(path);
            sharing.makeDirectory();
            madeInVain = missing;
            long usable = Files.getFileStore(path).getUsableSpace();
            if (usable < NEEDED_BYTES) {
                throw new Failure("disk full at " + path + ": " + (usable >> 20) + " MB free, " + (NEEDED_BYTES >> 20)
                        + " MB needed to start; make room or choose another --data DIR");
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
            throw new Failure(why(e) + "; choose another --data DIR", e);
        }
    }

    /** Whether another process owns it now, as far as this user may know. */
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
     * Lets the members of a group ask, from now on; called by the owner.
     *
     * @param group its name, {@link Sharing#NOBODY}, or null: as before
     */
    public void share(@Nullable String group) {
        try {
            if (group != null) {
                sharing.with(group);
            }
            sharing.apply();
        } catch (IOException e) {
            throw new Failure(
                    "cannot share " + path + (group == null ? "" : " with the group " + group) + ": " + describe(e)
                            + "; only its owner can, and only with a group that the owner is a member of",
                    e);
        }
    }

    /** Something was kept in it, or can be from now on: it stays, also if it was made by this start. */
    public void keep() {
        madeInVain = false;
    }

    /** The process that owns it, if it says so. */
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
            if (madeInVain) {
                delete();
            } else if (channel != null) {
                sharing.apply();
            }
            if (channel != null) {
                channel.close();
                channel = null;
            }
        } catch (IOException e) {
            // The lock falls with the process at the latest, and what is left is as private as the folder.
        }
    }

    private void delete() throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(path)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
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

    private String why(IOException e) {
        for (Path at = path; at != null; at = at.getParent()) {
            if (Files.exists(at)) {
                return Files.isDirectory(at)
                        ? "cannot write to " + path + ": " + describe(e)
                        : at + " is not a directory";
            }
        }
        return "cannot make " + path + ": " + describe(e);
    }

    private static String describe(IOException e) {
        return e instanceof java.nio.file.AccessDeniedException
                ? "permission denied"
                : e instanceof java.nio.file.FileSystemException file && file.getReason() != null
                        ? file.getReason()
                        : Failure.reason(e);
    }
}

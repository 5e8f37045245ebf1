package io.risefall.query.file;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Replaces a file atomically: a reader sees the old content or the new, never a part. The launcher sets a umask that hides
 * files from other users, and passes the user's umask in {@code risefall.umask}, which applies to files that the user named.
 */
public final class AtomicFile {
    private static final int ALL_MAY_READ_AND_WRITE = 0666;
    private static final int ONLY_OWNER = 0600;

    /** Writes the content of the file. */
    public interface Content {
        void writeTo(OutputStream out) throws Exception;
    }

    private AtomicFile() {}

    /** Writes a file of Risefall's own, which no other user may read. */
    public static void write(Path file, String text) throws IOException {
        try {
            replace(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)), AtomicFile::closeToOthers);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Writes a file that the user named. A device or a pipe cannot be replaced; it is written directly.
     */
    public static void write(Path file, Content content) throws Exception {
        Path target = Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(target)) {
            try (OutputStream out = Files.newOutputStream(target)) {
                content.writeTo(out);
            }
            return;
        }
        replace(target, content, AtomicFile::openAsTheShellWould);
    }

    /** Sets permissions while the file is still empty. */
    private interface Permissions {
        void set(Path part) throws IOException;
    }

    private static void replace(Path target, Content content, Permissions permissions) throws Exception {
        // Files.createTempFile would ignore the umask.
        Path part = target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            try (FileChannel file = FileChannel.open(part, CREATE, TRUNCATE_EXISTING, WRITE);
                    OutputStream out = Channels.newOutputStream(file)) {
                permissions.set(part);
                content.writeTo(out);
                // Else a power failure may leave the new name with nothing below it.
                file.force(true);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void closeToOthers(Path part) throws IOException {
        setMode(part, ONLY_OWNER);
    }

    /** Without the launcher the umask is the user's, and nothing needs to be done. */
    private static void openAsTheShellWould(Path part) throws IOException {
        String umask = System.getProperty("risefall.umask");
        if (umask != null) {
            setMode(part, ALL_MAY_READ_AND_WRITE & ~Integer.parseInt(umask, 8));
        }
    }

    private static void setMode(Path part, int mode) throws IOException {
        if (part.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setAttribute(part, "unix:mode", mode);
        }
    }
}

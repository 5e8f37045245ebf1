package io.risefall.app.backup;

import io.risefall.app.backup.Manifest.CopiedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Copies files from one folder to another and notes what they contain. What it has copied is on the disk, and not only in memory. Used by one thread. */
final class CopiedFolder {
    private static final OutputStream NOWHERE = OutputStream.nullOutputStream();
    private static final int BLOCK = 64 * 1024;

    private final Path from;
    private final Path to;
    private final List<CopiedFile> files = new ArrayList<>();

    CopiedFolder(Path from, Path to) {
        this.from = from;
        this.to = to;
    }

    /** What has been copied so far. */
    List<CopiedFile> files() {
        return files;
    }

    /**
     * Copies all files of a folder below, as far as they reach now.
     *
     * @param name the folder, relative; the empty path is the whole
     * @param wanted given paths relative to the folder copied from
     */
    void copyAll(Path name, Predicate<Path> wanted) throws IOException {
        for (Path file : files(from.resolve(name))) {
            Path relative = from.relativize(file);
            if (wanted.test(relative)) {
                try {
                    copy(relative);
                } catch (NoSuchFileException e) {
                    // A journal has dropped a segment meanwhile, because Kafka has what was in it.
                    Files.deleteIfExists(to.resolve(relative));
                }
            }
        }
    }

    private void copy(Path relative) throws IOException {
        try (FileChannel in = FileChannel.open(from.resolve(relative), StandardOpenOption.READ)) {
            files.add(copied(relative, in, Long.MAX_VALUE));
        }
    }

    /**
     * Copies one file of a backup.
     *
     * @throws IOException also if it is not as expected any more
     */
    void copy(CopiedFile expected) throws IOException {
        Path relative = Path.of(expected.path());
        try (FileChannel in = OwnFile.open(from, relative)) {
            CopiedFile copied = copied(relative, in, expected.bytes() + 1);
            if (!copied.equals(expected)) {
                throw new IOException(expected.path() + " has changed meanwhile");
            }
            files.add(copied);
        }
    }

    private CopiedFile copied(Path relative, FileChannel in, long most) throws IOException {
        Path target = to.resolve(relative);
        Files.createDirectories(target.getParent());
        try (FileChannel out = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            CopiedFile copied = described(relative, in, Channels.newOutputStream(out), most);
            out.force(true);
            return copied;
        }
    }

    /** Notes a file that is in the folder copied to already. */
    void add(Path relative) throws IOException {
        files.add(describe(to, relative, Long.MAX_VALUE));
    }

    /**
     * What a file contains.
     *
     * @param most how many bytes of it are read
     * @throws IOException also if it is no file in the folder itself
     */
    static CopiedFile describe(Path folder, Path relative, long most) throws IOException {
        try (FileChannel in = OwnFile.open(folder, relative)) {
            return described(relative, in, NOWHERE, most);
        }
    }

    private static CopiedFile described(Path relative, FileChannel in, OutputStream out, long most) throws IOException {
        MessageDigest digest = sha256();
        OutputStream both = new DigestOutputStream(out, digest);
        InputStream content = Channels.newInputStream(in);
        byte[] block = new byte[BLOCK];
        long bytes = 0;
        for (int read = 0; read >= 0 && bytes < most; bytes += Math.max(read, 0)) {
            read = content.read(block, 0, (int) Math.min(block.length, most - bytes));
            both.write(block, 0, Math.max(read, 0));
        }
        return new CopiedFile(
                relative.toString().replace('\\', '/'), bytes, HexFormat.of().formatHex(digest.digest()));
    }

    /** All files of a folder, also behind links: its owner may have moved some of it to another disk. */
    static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return found.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause(); // as of links that lead in a circle
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

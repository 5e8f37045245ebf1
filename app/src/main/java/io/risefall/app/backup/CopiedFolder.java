package io.risefall.app.backup;

import io.risefall.app.backup.Manifest.CopiedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
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
     * Copies all files of a folder below.
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

    /** Copies one file, as far as it reaches now. */
    void copy(Path relative) throws IOException {
        Path source = from.resolve(relative);
        Path target = to.resolve(relative);
        try (FileChannel in = FileChannel.open(source, StandardOpenOption.READ)) {
            Files.createDirectories(target.getParent());
            try (FileChannel out = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                files.add(described(relative, Channels.newInputStream(in), Channels.newOutputStream(out)));
                out.force(true);
            }
        }
    }

    /** Notes a file that is in the folder copied to already. */
    void add(Path relative) throws IOException {
        files.add(describe(to, relative));
    }

    /** What a file contains. */
    static CopiedFile describe(Path folder, Path relative) throws IOException {
        try (InputStream in = Files.newInputStream(folder.resolve(relative))) {
            return described(relative, in, NOWHERE);
        }
    }

    private static CopiedFile described(Path relative, InputStream in, OutputStream out) throws IOException {
        DigestInputStream digesting = new DigestInputStream(in, sha256());
        long bytes = digesting.transferTo(out);
        return new CopiedFile(
                relative.toString().replace('\\', '/'),
                bytes,
                HexFormat.of().formatHex(digesting.getMessageDigest().digest()));
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile).sorted().toList();
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

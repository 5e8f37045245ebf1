package io.risefall.query.warehouse.facts;

import io.risefall.query.file.AtomicFile;
import io.risefall.query.file.FileOwner;
import io.risefall.query.text.PrettyJson;
import io.risefall.schemas.key.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where sealed days are below a data directory: {@code facts/v1/TABLE/day=YYYY-MM-DD/rows.parquet}, and for each day its manifest
 * {@code facts/v1/days/YYYY-MM-DD.json}. Any thread; one writes.
 */
public final class SealedFolder {
    private static final String ROWS = "rows.parquet";
    private static final String JSON = ".json";
    private static final List<FactTable> TABLES = FactTables.v1().withDays();

    private final Path root;

    /** @param data the data directory */
    public SealedFolder(Path data) {
        root = data.resolve("facts").resolve("v1");
    }

    /** The folder of this version; it need not exist. */
    public Path root() {
        return root;
    }

    /** A folder for files that are being written. */
    Path unfinished() {
        return root.resolve("unfinished");
    }

    /** A file there; a backup leaves it out. */
    Path unfinished(FactTable table) {
        return unfinished().resolve(table.table() + ".tmp");
    }

    /** The path of a table's file, below {@link #root}. */
    static String path(FactTable table, LocalDate day) {
        return table.table() + "/day=" + day + "/" + ROWS;
    }

    Path manifest(LocalDate day) {
        return root.resolve("days").resolve(day + JSON);
    }

    /**
     * All sealed days, the oldest first.
     *
     * @throws IOException if a manifest cannot be read; the message names it and what to do
     */
    public List<SealedDay> days() throws IOException {
        TreeMap<LocalDate, SealedDay> days = new TreeMap<>();
        for (Path file : list(root.resolve("days"))) {
            String name = file.getFileName().toString();
            if (name.endsWith(JSON) && !name.startsWith(".")) {
                SealedDay day = read(file);
                days.put(day.day(), day);
            }
        }
        return new ArrayList<>(days.values());
    }

    /** The manifest of a day; empty where it has none. */
    Optional<SealedDay> day(LocalDate day) throws IOException {
        Path file = manifest(day);
        return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
    }

    /**
     * Deletes the files of a table before a day. The manifests go first, so none names a file that is not there.
     *
     * @return how many days had one
     */
    public int delete(FactTable table, LocalDate before) throws IOException {
        int deleted = 0;
        try (Lock lock = lock()) {
            for (SealedDay day : days()) {
                if (!day.day().isBefore(before)) {
                    break;
                }
                if (day.of(table).isPresent()) {
                    write(day.without(table));
                    deleted++;
                }
                if (day.of(table).isPresent() || day.deleted().contains(table.table())) {
                    delete(root.resolve(path(table, day.day())).getParent());
                }
            }
        }
        return deleted;
    }

    /** Who has it is the one who writes; it ends with its process at the latest. */
    public static final class Lock implements AutoCloseable {
        private final FileChannel channel;

        private Lock(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** Waits until no other process writes. */
    public Lock lock() throws IOException {
        make();
        FileChannel channel =
                FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileOwner.inherit(root.resolve("lock"));
        channel.lock();
        return new Lock(channel);
    }

    private static SealedDay read(Path file) throws IOException {
        try {
            SealedDay day = PrettyJson.read(Files.readAllBytes(file), SealedDay.class);
            String name = file.getFileName().toString();
            if (day == null
                    || !LocalDate.parse(name.substring(0, name.length() - JSON.length()))
                            .equals(day.day())) {
                throw new IOException("it is of another day");
            }
            // A backup can come from anywhere: nothing outside this folder is read for it.
            if (!day.files().stream().allMatch(one -> isOf(day.day(), one))) {
                throw new IOException("it names a file that is not one of its day");
            }
            return day;
        } catch (IOException | DateTimeException e) {
            throw new IOException(
                    "cannot read the manifest " + file + ": " + e.getMessage()
                            + "; take it from a backup, or delete it: the day is sealed again if the warehouse has it",
                    e);
        }
    }

    private static boolean isOf(LocalDate day, SealedFile file) {
        return TABLES.stream()
                .anyMatch(table ->
                        table.table().equals(file.table()) && path(table, day).equals(file.path()));
    }

    void write(SealedDay day) throws IOException {
        Path manifest = manifest(day.day());
        Files.createDirectories(manifest.getParent());
        AtomicFile.write(manifest, PrettyJson.of(day));
        FileOwner.inherit(manifest);
        sync(manifest.getParent());
    }

    /** Makes the folder, which no other user may read, and says in it what its tables are. */
    private void make() throws IOException {
        Path facts = root.getParent();
        if (!Files.exists(facts)) {
            Files.createDirectories(facts);
            if (facts.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(facts, PosixFilePermissions.fromString("rwx------"));
            }
        }
        Path file = root.resolve("schema.json");
        String description = FactTables.description();
        if (!Files.exists(file) || !Files.readString(file).equals(description)) {
            Files.createDirectories(root);
            AtomicFile.write(file, description);
            FileOwner.inherit(file);
        }
    }

    /** What is wrong with the files of a day: empty if all are there as they were written. Each names the file and what to do. */
    public List<String> problems(SealedDay day) throws IOException {
        List<String> problems = new ArrayList<>();
        for (SealedFile sealed : day.files()) {
            problem(day.day(), sealed).ifPresent(problems::add);
        }
        return problems;
    }

    /** As {@link #problems}, of those only that are missing or have another size: nothing is read. */
    public List<String> missing(SealedDay day) {
        return day.files().stream()
                .filter(file -> !isThere(file))
                .map(file -> words(
                        day.day(), file, isAny(file) ? "has not the size that it was written with" : "is missing"))
                .toList();
    }

    /** What is wrong with one of them. */
    Optional<String> problem(LocalDate day, SealedFile sealed) throws IOException {
        return changed(root.resolve(sealed.path()), sealed).map(why -> words(day, sealed, why));
    }

    private String words(LocalDate day, SealedFile sealed, String why) {
        return root.resolve(sealed.path()) + " " + why + "; take it from a backup, or delete " + manifest(day)
                + ": the day is sealed again if the warehouse has it";
    }

    private boolean isAny(SealedFile sealed) {
        return Files.exists(root.resolve(sealed.path()));
    }

    /** Whether a file is there, as far as its size tells. */
    boolean isThere(SealedFile sealed) {
        return root.resolve(sealed.path()).toFile().length() == sealed.bytes();
    }

    private static Optional<String> changed(Path file, SealedFile sealed) throws IOException {
        try {
            if (Files.size(file) == sealed.bytes() && sha256(file).equals(sealed.sha256())) {
                return Optional.empty();
            }
            return Optional.of("is not as it was written");
        } catch (NoSuchFileException e) {
            return Optional.of("is missing");
        }
    }

    static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestOutputStream digest = new DigestOutputStream(OutputStream.nullOutputStream(), Digests.sha256())) {
            in.transferTo(digest);
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        }
    }

    /** Makes sure that what is in a file, or which files are in a folder, survives a power failure. */
    static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Deletes a folder with all that is in it, if there is one. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}

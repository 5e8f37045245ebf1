package io.risefall.query.warehouse.facts;

import io.risefall.query.sql.ReadTransaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Seals days: writes what the warehouse has of them as files. The rows stay in the warehouse, and a day whose rows are others since is
 * sealed again, so the files always say what the warehouse says. Only of a day of which it has lost lines the files stay: a warehouse
 * that was made anew from Kafka has the lines of its last days only. Used by one thread.
 */
final class DaySealer {
    /** Before any day that a line can have. */
    private static final LocalDate EVER = LocalDate.of(1, 1, 1);

    private static final FactTables FACTS = FactTables.v1();

    private final SealedFolder folder;

    DaySealer(SealedFolder folder) {
        this.folder = folder;
    }

    /**
     * What is to be done.
     *
     * @param due days to be sealed or sealed again, the oldest first
     * @param kept sealed days of which the warehouse has fewer lines than their files
     */
    record Plan(List<LocalDate> due, List<LocalDate> kept) {}

    /** Compares the days before {@code before} with the files. */
    Plan plan(Connection warehouse, LocalDate before) throws SQLException, IOException {
        Map<LocalDate, Map<String, Fingerprint>> stored = fingerprints(warehouse, EVER, before);
        Map<LocalDate, SealedDay> sealed = new HashMap<>();
        folder.days().forEach(day -> sealed.put(day.day(), day));
        List<LocalDate> due = new ArrayList<>();
        List<LocalDate> kept = new ArrayList<>();
        TreeSet<LocalDate> days = new TreeSet<>(stored.keySet());
        days.addAll(sealed.keySet());
        for (LocalDate day : days.headSet(before)) {
            Map<String, Fingerprint> rows = stored.getOrDefault(day, Map.of());
            SealedDay files = sealed.get(day);
            if (files == null) {
                due.add(day);
            } else if (hasLost(rows, files)) {
                kept.add(day);
            } else if (!isSame(rows, files)) {
                due.add(day);
            }
        }
        return new Plan(due, kept);
    }

    private static boolean hasLost(Map<String, Fingerprint> stored, SealedDay sealed) {
        return FACTS.withDays().stream()
                .filter(FactTable::grows)
                .anyMatch(table ->
                        stored.getOrDefault(table.table(), Fingerprint.NONE).rows()
                                < sealed.of(table).map(SealedFile::rows).orElse(0L));
    }

    private boolean isSame(Map<String, Fingerprint> stored, SealedDay sealed) {
        long wanted = stored.keySet().stream()
                .filter(table -> !sealed.deleted().contains(table))
                .count();
        return wanted == sealed.files().size()
                && sealed.files().stream()
                        .allMatch(file -> stored.getOrDefault(file.table(), Fingerprint.NONE)
                                        .isOf(file)
                                && folder.isThere(file));
    }

    private static Map<LocalDate, Map<String, Fingerprint>> fingerprints(
            Connection warehouse, LocalDate from, LocalDate before) throws SQLException {
        Map<LocalDate, Map<String, Fingerprint>> found = new TreeMap<>();
        try (Statement statement = warehouse.createStatement()) {
            for (FactTable table : FACTS.withDays()) {
                try (ResultSet days = statement.executeQuery(FactSql.fingerprints(table, from, before))) {
                    while (days.next()) {
                        found.computeIfAbsent(LocalDate.parse(days.getString(1)), any -> new HashMap<>())
                                .put(table.table(), new Fingerprint(days.getLong(2), days.getString(3)));
                    }
                }
            }
        }
        return found;
    }

    /**
     * Seals a day. Its manifest goes first and is written last, so at whatever step this ends, a manifest is right or is not there; without
     * one the day is sealed again. Where tables were deleted for their age, a manifest stays meanwhile that names these and no file.
     *
     * @return how many bytes its files have
     * @throws InterruptedException if this thread is to end
     */
    long seal(Connection warehouse, LocalDate day) throws SQLException, IOException, InterruptedException {
        try (SealedFolder.Lock lock = folder.lock()) {
            return sealLocked(warehouse, day);
        }
    }

    private long sealLocked(Connection warehouse, LocalDate day)
            throws SQLException, IOException, InterruptedException {
        Path unfinished = folder.unfinished();
        SealedFolder.delete(unfinished);
        Files.createDirectories(unfinished.resolve("spill"));
        try {
            Optional<SealedDay> before = folder.day(day);
            SealedDay written =
                    write(warehouse, day, before.map(SealedDay::deleted).orElse(List.of()));
            if (written.deleted().isEmpty()) {
                Files.deleteIfExists(folder.manifest(day));
            } else {
                folder.write(before.orElseThrow().withoutFiles());
            }
            for (FactTable table : FACTS.withDays()) {
                Path file = folder.root().resolve(SealedFolder.path(table, day));
                if (written.of(table).isPresent()) {
                    Files.createDirectories(file.getParent());
                    Files.move(
                            folder.unfinished(table),
                            file,
                            StandardCopyOption.ATOMIC_MOVE,
                            StandardCopyOption.REPLACE_EXISTING);
                    SealedFolder.sync(file.getParent());
                    SealedFolder.sync(file.getParent().getParent());
                } else {
                    SealedFolder.delete(file.getParent());
                }
            }
            folder.write(written);
            return written.files().stream().mapToLong(SealedFile::bytes).sum();
        } finally {
            SealedFolder.delete(unfinished);
        }
    }

    /** All in one transaction: one state of the warehouse. */
    private SealedDay write(Connection warehouse, LocalDate day, List<String> deleted)
            throws SQLException, IOException, InterruptedException {
        List<SealedFile> files = new ArrayList<>();
        try (ReadTransaction transaction = ReadTransaction.begin(warehouse);
                FactFile parquet = new FactFile(folder.unfinished().resolve("spill"));
                Statement statement = warehouse.createStatement()) {
            Map<String, Fingerprint> stored =
                    fingerprints(warehouse, day, day.plusDays(1)).getOrDefault(day, Map.of());
            for (FactTable table : FACTS.withDays()) {
                Fingerprint fingerprint = stored.get(table.table());
                if (fingerprint == null || deleted.contains(table.table())) {
                    continue;
                }
                Path file = folder.unfinished(table);
                try (ResultSet rows = statement.executeQuery(FactSql.rows(table, day))) {
                    long count = parquet.write(table, rows, file);
                    if (count != fingerprint.rows()) {
                        throw new IllegalStateException("of " + fingerprint.rows() + " rows of " + table.table()
                                + " on " + day + ", " + count + " were written");
                    }
                }
                SealedFolder.sync(file);
                files.add(new SealedFile(
                        table.table(),
                        SealedFolder.path(table, day),
                        fingerprint.rows(),
                        Files.size(file),
                        SealedFolder.sha256(file),
                        fingerprint.sum()));
            }
            return new SealedDay(
                    FACTS.version(),
                    day,
                    Instant.now().truncatedTo(ChronoUnit.MILLIS),
                    offsets(statement),
                    files,
                    deleted);
        }
    }

    private static Map<String, Long> offsets(Statement statement) throws SQLException {
        Map<String, Long> offsets = new TreeMap<>();
        try (ResultSet rows = statement.executeQuery("select topic, partition, next_offset from store.offsets")) {
            while (rows.next()) {
                offsets.put(rows.getString(1) + "-" + rows.getInt(2), rows.getLong(3));
            }
        }
        return offsets;
    }
}

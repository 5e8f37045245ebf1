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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Seals days: writes what the warehouse has of them as files. A day whose rows are others since is sealed again, so the files always say
 * what the warehouse says. Only of a day of which it has lost lines the files stay: a warehouse that was made anew from Kafka has the lines
 * of its last days only. Used by one thread.
 */
final class DaySealer {
    /** Before any day that a line can have. */
    private static final LocalDate EVER = LocalDate.of(1, 1, 1);

    private static final FactTables FACTS = FactTables.v1();

    private final SealedFolder folder;
    private final PastDays past;

    /** @param past the days whose rows have left */
    DaySealer(SealedFolder folder, PastDays past) {
        this.folder = folder;
        this.past = past;
    }

    /**
     * What is to be done.
     *
     * @param due days to be sealed or sealed again, the oldest first
     * @param kept sealed days of which the warehouse has fewer lines than their files
     * @param back days among those due whose rows have left and must come back first: some of their rows are others, or new
     * @param same sealed days whose rows are those of their files
     */
    record Plan(List<LocalDate> due, List<LocalDate> kept, Set<LocalDate> back, List<LocalDate> same) {}

    /** Compares the days before {@code before} with the files. */
    Plan plan(Connection warehouse, LocalDate before) throws SQLException, IOException {
        Map<LocalDate, Map<String, Fingerprint>> stored = fingerprints(warehouse, EVER, before);
        Map<LocalDate, SealedDay> sealed = new HashMap<>();
        folder.days().forEach(day -> sealed.put(day.day(), day));
        Set<LocalDate> left = past.left(warehouse);
        Plan plan = new Plan(new ArrayList<>(), new ArrayList<>(), new HashSet<>(), new ArrayList<>());
        TreeSet<LocalDate> days = new TreeSet<>(stored.keySet());
        days.addAll(sealed.keySet());
        days.addAll(left);
        // Who writes a day again would lose what cannot be read.
        days.removeAll(past.unreadable(warehouse));
        for (LocalDate day : days.headSet(before)) {
            Map<String, Fingerprint> rows = stored.getOrDefault(day, Map.of());
            SealedDay files = sealed.get(day);
            if (left.contains(day)) {
                if (files == null || !isSame(rows, files, true)) {
                    plan.back.add(day);
                    plan.due.add(day);
                }
            } else if (files == null) {
                plan.due.add(day);
            } else if (hasLost(rows, files)) {
                plan.kept.add(day);
            } else if (isSame(rows, files, false)) {
                plan.same.add(day);
            } else {
                plan.due.add(day);
            }
        }
        return plan;
    }

    private static boolean hasLost(Map<String, Fingerprint> stored, SealedDay sealed) {
        return FACTS.withDays().stream()
                .filter(FactTable::hasLines)
                .anyMatch(table -> rows(table, stored).rows()
                        < sealed.of(table).map(SealedFile::rows).orElse(0L));
    }

    /** @param left whether rows have left: none of these is to be in the warehouse */
    private boolean isSame(Map<String, Fingerprint> stored, SealedDay sealed, boolean left) {
        return FACTS.withDays().stream()
                .filter(table -> !sealed.deleted().contains(table.table()))
                .allMatch(table -> left && table.leaves()
                        ? rows(table, stored).rows() == 0
                        : isSame(rows(table, stored), sealed.of(table), table));
    }

    private boolean isSame(Fingerprint rows, Optional<SealedFile> sealed, FactTable table) {
        return sealed.map(file -> folder.isThere(file) && (rows.isOf(file) || isForgotten(table, rows, file)))
                .orElse(rows.rows() == 0);
    }

    /** Signs of life are needed for some weeks only: the warehouse deletes them, and the file stays. */
    private static boolean isForgotten(FactTable table, Fingerprint rows, SealedFile file) {
        return table.grows() && !table.hasLines() && rows.rows() < file.rows();
    }

    private static Fingerprint rows(FactTable table, Map<String, Fingerprint> stored) {
        return stored.getOrDefault(table.table(), Fingerprint.NONE);
    }

    private Map<LocalDate, Map<String, Fingerprint>> fingerprints(
            Connection warehouse, LocalDate from, LocalDate before) throws SQLException {
        Map<LocalDate, Map<String, Fingerprint>> found = new TreeMap<>();
        try (Statement statement = warehouse.createStatement()) {
            for (FactTable table : FACTS.withDays()) {
                try (ResultSet days = statement.executeQuery(past.sql().fingerprints(table, from, before))) {
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
     * Seals a day. Its manifest is written last. One that it has names meanwhile the files that stay as they are, and which tables were deleted
     * for their age. So at whatever step this ends, a manifest is right or is not there, and the day is sealed again.
     *
     * @return how many bytes its files have
     * @throws InterruptedException if this thread is to end
     */
    long seal(Connection warehouse, LocalDate day) throws SQLException, IOException, InterruptedException {
        try (SealedFolder.Lock lock = folder.lock()) {
            return sealLocked(warehouse, day);
        }
    }

    /**
     * Has the rows of a sealed day leave the warehouse, if they are those of its files.
     *
     * @return whether they have left
     */
    boolean leave(Connection warehouse, LocalDate day) throws SQLException, IOException {
        try (SealedFolder.Lock lock = folder.lock()) {
            Optional<SealedDay> sealed = folder.day(day);
            return sealed.isPresent() && past.leave(warehouse, sealed.get());
        }
    }

    private long sealLocked(Connection warehouse, LocalDate day)
            throws SQLException, IOException, InterruptedException {
        Path unfinished = folder.unfinished();
        SealedFolder.delete(unfinished);
        Files.createDirectories(unfinished.resolve("spill"));
        try {
            Optional<SealedDay> before = folder.day(day);
            SealedDay written = write(warehouse, day, before);
            if (before.isPresent()) {
                folder.write(before.get().until(written));
            }
            for (FactTable table : FACTS.withDays()) {
                Path file = folder.root().resolve(SealedFolder.path(table, day));
                if (Files.exists(folder.unfinished(table))) {
                    Files.createDirectories(file.getParent());
                    Files.move(
                            folder.unfinished(table),
                            file,
                            StandardCopyOption.ATOMIC_MOVE,
                            StandardCopyOption.REPLACE_EXISTING);
                    SealedFolder.sync(file.getParent());
                    SealedFolder.sync(file.getParent().getParent());
                } else if (written.of(table).isEmpty()) {
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
    private SealedDay write(Connection warehouse, LocalDate day, Optional<SealedDay> before)
            throws SQLException, IOException, InterruptedException {
        List<SealedFile> files = new ArrayList<>();
        List<String> deleted = before.map(SealedDay::deleted).orElse(List.of());
        try (ReadTransaction transaction = ReadTransaction.begin(warehouse);
                FactFile parquet = new FactFile(folder.unfinished().resolve("spill"));
                Statement statement = warehouse.createStatement()) {
            Map<String, Fingerprint> stored =
                    fingerprints(warehouse, day, day.plusDays(1)).getOrDefault(day, Map.of());
            for (FactTable table : FACTS.withDays()) {
                Fingerprint fingerprint = rows(table, stored);
                Optional<SealedFile> forgotten = before.flatMap(known -> known.of(table))
                        .filter(file -> isForgotten(table, fingerprint, file) && folder.isThere(file));
                forgotten.ifPresent(files::add);
                if (fingerprint.rows() == 0 || forgotten.isPresent() || deleted.contains(table.table())) {
                    continue;
                }
                Path file = folder.unfinished(table);
                try (ResultSet rows = statement.executeQuery(past.sql().rows(table, day))) {
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

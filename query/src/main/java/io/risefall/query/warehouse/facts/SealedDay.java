package io.risefall.query.warehouse.facts;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The manifest of a day whose facts are in files. It is written last: as long as a day has none, its files do not count.
 *
 * @param version of the description of the tables, {@link FactTables#version}
 * @param day in UTC
 * @param writtenAt when
 * @param offsets by topic and partition, as {@code haproxy.health.states.v1-0}: what the warehouse had read of them
 * @param files of all tables that have rows of the day, in the order of the description
 * @param deleted tables whose files of the day have been deleted for their age, and are not written again
 */
@JsonPropertyOrder({"version", "day", "written_at", "offsets", "files", "deleted"})
public record SealedDay(
        int version,
        LocalDate day,
        Instant writtenAt,
        Map<String, Long> offsets,
        List<SealedFile> files,
        List<String> deleted) {
    public SealedDay {
        files = List.copyOf(files);
        deleted = List.copyOf(deleted);
    }

    /** The manifest once the file of a table is deleted for its age. */
    SealedDay without(FactTable table) {
        List<String> gone = new ArrayList<>(deleted);
        gone.add(table.table());
        return new SealedDay(
                version,
                day,
                writtenAt,
                offsets,
                files.stream()
                        .filter(file -> !file.table().equals(table.table()))
                        .toList(),
                gone);
    }

    /** The manifest while its files are being replaced: only those count that stay as they are. */
    SealedDay until(SealedDay next) {
        return new SealedDay(
                version,
                day,
                writtenAt,
                offsets,
                files.stream().filter(next.files::contains).toList(),
                deleted);
    }

    /** The file of a table; empty where it has no rows of the day. */
    public Optional<SealedFile> of(FactTable table) {
        return files.stream().filter(file -> file.table().equals(table.table())).findFirst();
    }
}

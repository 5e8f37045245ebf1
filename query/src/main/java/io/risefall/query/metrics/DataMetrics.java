package io.risefall.query.metrics;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.risefall.query.file.DiskRoom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the data directory takes, and what is left. Journals are there where this host receives lines; those of an ingest on another
 * host are not known here.
 */
final class DataMetrics {
    private final Path folder;
    private final @Nullable Path warehouse;

    /** @param warehouse its file; null where there is none */
    DataMetrics(Path folder, @Nullable Path warehouse) {
        this.folder = folder;
        this.warehouse = warehouse;
    }

    Stream<MetricSnapshot> snapshots() throws IOException {
        GaugeSnapshot.Builder free = GaugeSnapshot.builder()
                .name("risefall_data_free_bytes")
                .help("Bytes that can still be written to the disk of the data directory")
                .dataPoint(point(Labels.EMPTY, DiskRoom.bytes(folder)));
        GaugeSnapshot.Builder file = GaugeSnapshot.builder()
                .name("risefall_warehouse_bytes")
                .help("Size of the warehouse's file with its write-ahead log");
        if (warehouse != null) {
            file.dataPoint(point(
                    Labels.EMPTY, size(warehouse) + size(warehouse.resolveSibling(warehouse.getFileName() + ".wal"))));
        }
        GaugeSnapshot.Builder journals = GaugeSnapshot.builder()
                .name("risefall_journal_bytes")
                .help("Size of the journals of network input in this data directory");
        for (Path journal : list(folder.resolve("journal"))) {
            long bytes = 0;
            for (Path segment : list(journal)) {
                bytes += size(segment);
            }
            journals.dataPoint(point(Labels.of("journal", journal.getFileName().toString()), bytes));
        }
        return Stream.of(free.build(), file.build(), journals.build());
    }

    private static List<Path> list(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    /** What is deleted meanwhile has none. */
    private static long size(Path file) {
        return file.toFile().length();
    }

    private static GaugeDataPointSnapshot point(Labels labels, long value) {
        return GaugeDataPointSnapshot.builder()
                .labels(labels)
                .value((double) value)
                .build();
    }
}

package io.risefall.app.backup;

import io.risefall.app.data.DataDirectory;
import io.risefall.app.kafka.BrokerPause;
import io.risefall.app.process.CommandException;
import io.risefall.app.runtime.Version;
import io.risefall.query.file.DiskRoom;
import io.risefall.query.warehouse.facts.SealedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Copies a data directory, also beside a running service. The embedded broker pauses meanwhile, so what it has is one state; the
 * warehouse and the journals are copied while nothing flows between them. Not copied is what a start makes again: the stores of the
 * streams part, which Kafka has, and logs. Used by one thread.
 */
final class Backup {
    private static final Path KAFKA = Path.of("kafka");

    private final DataDirectory data;
    private final Path to;

    /**
     * @param data what is copied
     * @param to where; it is made
     */
    Backup(DataDirectory data, Path to) {
        this.data = data;
        this.to = to.toAbsolutePath().normalize();
    }

    /**
     * Makes it.
     *
     * @throws CommandException if there is nothing to copy, no room, or something in the way
     */
    Manifest make() throws IOException, InterruptedException {
        Path from = data.path();
        if (!Files.isDirectory(from)) {
            throw new CommandException("there is no data directory " + from + "; name it with --data DIR");
        }
        if (isWithin(from)) {
            throw new CommandException(to + " is in the data directory; name a folder elsewhere, best on another disk");
        }
        EmptyFolder.make(to);
        checkRoom();
        boolean kafka = Files.isDirectory(from.resolve(KAFKA));
        CopiedFolder folder = new CopiedFolder(from, to);
        if (kafka) {
            try (BrokerPause pause = BrokerPause.begin(from.resolve(KAFKA), this::service)) {
                copy(folder);
            }
        } else {
            copy(folder);
        }
        Manifest manifest = new Manifest(
                Manifest.FORMAT,
                Version.number(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                kafka,
                folder.files().stream()
                        .sorted(Comparator.comparing(Manifest.CopiedFile::path))
                        .toList());
        manifest.write(to);
        return manifest;
    }

    /** Whether the backup would be in what it copies, also by a link in it. */
    private boolean isWithin(Path from) throws IOException {
        Path target = real(to);
        if (target.startsWith(from.toRealPath())) {
            return true;
        }
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.filter(Files::isDirectory).toList()) {
                if (target.startsWith(entry.toRealPath())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Where a folder is, or will be, whatever links lead there. */
    private static Path real(Path folder) throws IOException {
        for (Path at = folder; at != null; at = at.getParent()) {
            if (Files.exists(at)) {
                return at.toRealPath().resolve(at.relativize(folder));
            }
        }
        return folder;
    }

    /** Meanwhile no day is sealed and no rows leave: the warehouse and the files are one state. */
    private void copy(CopiedFolder folder) throws IOException, InterruptedException {
        SealedFolder sealed = new SealedFolder(data.path());
        if (Files.isDirectory(sealed.root())) {
            try (SealedFolder.Lock lock = sealed.lock()) {
                copyAll(folder);
            }
        } else {
            copyAll(folder);
        }
    }

    /** Kafka first: a journal has whatever was not published when the broker ended. */
    private void copyAll(CopiedFolder folder) throws IOException, InterruptedException {
        folder.copyAll(KAFKA, BackedUp::isData);
        WarehouseCopy.copy(data.path(), to, folder);
        folder.copyAll(
                Path.of(""), file -> BackedUp.isData(file) && !file.startsWith(KAFKA) && !WarehouseCopy.has(file));
    }

    private Optional<Long> service() {
        return data.isOwned() ? data.pid().map(Long::valueOf) : Optional.empty();
    }

    private void checkRoom() throws IOException {
        long needed = 0;
        for (Path file : CopiedFolder.files(data.path())) {
            needed += BackedUp.isData(data.path().relativize(file)) ? Files.size(file) : 0;
        }
        long free = DiskRoom.bytes(to);
        if (free < needed) {
            throw new CommandException("the disk of " + to + " has " + (free >> 20) + " MB left, and the backup needs "
                    + (needed >> 20) + " MB");
        }
    }
}

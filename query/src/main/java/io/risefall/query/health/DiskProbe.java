package io.risefall.query.health;

import io.risefall.query.file.DiskRoom;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** Whether the disk of the data directory has room. */
final class DiskProbe implements HealthProbe {
    /** A segment of Kafka, a segment of a journal and a checkpoint of the warehouse fit into less. */
    static final long LEAST_BYTES = 256L << 20;

    /** How many bytes can still be written. */
    interface Room {
        long bytes() throws IOException;
    }

    private final Path folder;
    private final Room room;

    DiskProbe(Path folder) {
        this(folder, () -> DiskRoom.bytes(folder));
    }

    DiskProbe(Path folder, Room room) {
        this.folder = folder;
        this.room = room;
    }

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public ProbeResult look(Instant now) {
        long free;
        try {
            free = room.bytes();
        } catch (IOException e) {
            return ProbeResult.failing(
                    "cannot look at the disk of " + folder + ": " + e.getMessage(),
                    "check that the data directory is there and mounted");
        }
        String left = (free >> 20) + " MiB are free on the disk of " + folder;
        return free >= LEAST_BYTES
                ? ProbeResult.ok(left)
                : ProbeResult.failing(
                        left + ", less than " + (LEAST_BYTES >> 20) + " MiB",
                        "make room or move the data directory: a full disk stops Kafka, journals and the warehouse");
    }
}

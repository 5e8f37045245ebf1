package io.risefall.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long answers and the disk. */
class SpoolTest {
    private static final int BLOCK = 1024 * 1024;

    @TempDir
    Path folder;

    @Test
    void leavesRoomOnTheDisk() throws Exception {
        AtomicLong room = new AtomicLong(1L << 30);
        Spool spool = new Spool(folder, Long.MAX_VALUE, room::get);
        spool.write(new byte[BLOCK]);
        room.set(1L << 20);
        assertThatThrownBy(() -> spool.write(new byte[BLOCK]))
                .isInstanceOf(BusyException.class)
                .hasMessageStartingWith("the disk of " + folder + " has less than 512 MiB left");
        spool.discard();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void needsNoDiskForAShortAnswer() throws Exception {
        Spool spool = new Spool(folder, Long.MAX_VALUE, () -> 0);
        spool.write(new byte[1024]);
        spool.finish();
        assertThat(spool.bytes()).hasSize(1024);
    }
}

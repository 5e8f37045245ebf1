package io.risefall.ingest.network.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelDropsTest {
    private static final String HEADER = "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt"
            + "   uid  timeout inode ref pointer drops\n";

    @TempDir
    Path folder;

    @Test
    void theDropsOfOneSocketAreItsOwn() throws Exception {
        Path v4 = Files.writeString(
                folder.resolve("udp"),
                HEADER
                        + "  404: 0100007F:158A 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 18122 2"
                        + " 0000000000000000 17\n"
                        + "  405: 00000000:158A 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 18123 2"
                        + " 0000000000000000 5\n"
                        + "  406: 0100007F:158B 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 18124 2"
                        + " 0000000000000000 3\n");
        Path v6 = Files.writeString(
                folder.resolve("udp6"),
                HEADER
                        + "  407: 00000000000000000000000001000000:158A 00000000000000000000000000000000:0000 07"
                        + " 00000000:00000000 00:00000000 00000000     0        0 18125 2 0000000000000000 9\n");
        List<Path> tables = List.of(v4, v6, folder.resolve("absent"));
        assertThat(new KernelDrops(new InetSocketAddress("127.0.0.1", 5514), tables).read())
                .isEqualTo(17);
        assertThat(new KernelDrops(new InetSocketAddress("0.0.0.0", 5514), tables).read())
                .isEqualTo(5);
        assertThat(new KernelDrops(new InetSocketAddress("::1", 5514), tables).read())
                .isEqualTo(9);
        assertThat(new KernelDrops(new InetSocketAddress("127.0.0.1", 5515), tables).read())
                .isEqualTo(3);
    }
}

package io.risefall.app.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.app.data.DataDirectory;
import io.risefall.app.options.HostPort;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page is at the same address after a restart, if nobody else is. */
class RememberedPortTest {
    private static final HostPort ANY = new HostPort("127.0.0.1", 0);

    @TempDir
    Path folder;

    @Test
    void isTheSameAgainWhileItIsFree() throws Exception {
        RememberedPort port = new RememberedPort(new DataDirectory(folder, "risefall"));
        assertThat(port.of(ANY)).isEqualTo(ANY);
        HostPort taken;
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            taken = new HostPort("127.0.0.1", other.getLocalPort());
            port.keep(taken.toString());
            assertThat(port.of(ANY)).isEqualTo(ANY);
        }
        assertThat(port.of(ANY)).isEqualTo(taken);
        assertThat(port.of(new HostPort("127.0.0.1", 8404))).isEqualTo(new HostPort("127.0.0.1", 8404));
    }

    @Test
    void whatIsNoPortIsForgotten() throws Exception {
        Files.writeString(folder.resolve("http-port"), "many");
        assertThat(new RememberedPort(new DataDirectory(folder, "risefall")).of(ANY))
                .isEqualTo(ANY);
    }
}

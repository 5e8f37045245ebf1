package io.risefall.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.app.driver.CommandRunner;
import io.risefall.schemas.suite.RealParts;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be listened to is said before a Kafka is started for it, and leaves no folder behind. */
@RealParts
class PortsTakenTest {
    @TempDir
    Path temp;

    private final CommandRunner risefall = new CommandRunner();

    @Test
    void syslogOverUdp() throws Exception {
        try (DatagramSocket other = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            refused("cannot listen on UDP 127.0.0.1:" + other.getLocalPort(), "--syslog-udp", other.getLocalPort());
        }
    }

    @Test
    void tcpOfAnyKindAndHttp() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            refused("cannot listen on TCP 127.0.0.1:" + other.getLocalPort(), "--syslog-tcp", other.getLocalPort());
            refused("cannot listen on TCP 127.0.0.1:" + other.getLocalPort(), "--relp", other.getLocalPort());
            refused("cannot listen on 127.0.0.1:" + other.getLocalPort(), "--http", other.getLocalPort());
        }
    }

    @Test
    void aHostThatIsNone() {
        assertThat(run("--syslog-udp", "no.such.host.invalid:5514", "--http", "127.0.0.1:0"))
                .isEqualTo(
                        "risefall: cannot listen on UDP no.such.host.invalid:5514: no such host; give an address of this "
                                + "machine\n");
    }

    private void refused(String message, String option, int port) {
        String free = option.equals("--syslog-udp") ? "--syslog-tcp" : "--syslog-udp";
        assertThat(run(option, "127.0.0.1:" + port, free, "127.0.0.1:0"))
                .startsWith("risefall: " + message)
                .hasLineCount(1);
    }

    private String run(String... options) {
        String[] arguments = new String[options.length + 3];
        arguments[0] = "run";
        arguments[1] = "--data";
        arguments[2] = temp.resolve("data").toString();
        System.arraycopy(options, 0, arguments, 3, options.length);
        assertThat(risefall.run(arguments)).isEqualTo(1);
        assertThat(temp.resolve("data")).doesNotExist();
        return risefall.err();
    }
}

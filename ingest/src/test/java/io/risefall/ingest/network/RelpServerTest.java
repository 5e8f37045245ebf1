package io.risefall.ingest.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.network.journal.JournalLimits;
import io.risefall.ingest.network.relp.Relp;
import io.risefall.schemas.suite.Slow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a RELP sender is told, and when, over real sockets. */
@Slow
class RelpServerTest {
    @TempDir
    Path folder;

    @Test
    void eachMessageIsAcknowledgedInOrder() throws Exception {
        try (OpenListener open = listen();
                RelpSender sender = new RelpSender(open)) {
            sender.open();
            sender.write("2 syslog 3 one\n3 syslog 3 two\n4 nonsense 0\n5 syslog 5 three\n6 syslog 0\n");
            assertThat(sender.read()).isEqualTo("2 rsp 200 OK");
            assertThat(sender.read()).isEqualTo("3 rsp 200 OK");
            assertThat(sender.read()).startsWith("4 rsp 500 ");
            assertThat(sender.read()).isEqualTo("5 rsp 200 OK");
            assertThat(sender.read()).isEqualTo("6 rsp 200 OK");
            assertThat(open.received()).containsExactly("127.0.0.1 one", "127.0.0.1 two", "127.0.0.1 three");
            open.awaitInterruption("commands refused: only open, syslog and close are supported", 1);
        }
    }

    @Test
    void closeIsAnsweredAndTheConnectionEnds() throws Exception {
        try (OpenListener open = listen();
                RelpSender sender = new RelpSender(open)) {
            sender.open();
            sender.write("2 syslog 3 one\n3 close 0\n");
            assertThat(sender.read()).isEqualTo("2 rsp 200 OK");
            assertThat(sender.read()).isEqualTo("3 rsp ");
            assertThat(sender.read()).isEqualTo("0 serverclose ");
            assertThat(sender.isClosed()).isTrue();
        }
    }

    @Test
    void noAcknowledgementWhileTheJournalIsFull() throws Exception {
        int room = 40_000;
        JournalLimits limits = new JournalLimits(room, room / 4, Duration.ZERO);
        try (OpenListener open = new OpenListener(folder, relp(), NetworkLimits.DEFAULT, limits);
                RelpSender sender = new RelpSender(open)) {
            sender.open();
            int sent = 100;
            String message = "x".repeat(1000);
            for (int i = 2; i < sent + 2; i++) {
                sender.syslog(i, message);
            }
            open.awaitInterruption("times reading waited because the journal was full", 1);
            int acknowledged = 0;
            while (!sender.isSilent()) {
                assertThat(sender.read()).isEqualTo((acknowledged + 2) + " rsp 200 OK");
                acknowledged++;
            }
            assertThat(acknowledged).isBetween(30, 39);
            assertThat(open.received()).hasSize(acknowledged);

            while (acknowledged < sent) {
                open.received();
                open.published();
                assertThat(sender.read()).isEqualTo((acknowledged + 2) + " rsp 200 OK");
                acknowledged++;
            }
            assertThat(open.received()).hasSize(sent);
        }
    }

    @Test
    void whatIsNoRelpEndsTheConnectionOnly() throws Exception {
        try (OpenListener open = listen()) {
            for (String nonsense :
                    List.of("<133>Nov 23 00:00:00 a b: c\n", "GET / HTTP/1.1\r\n\r\n", "\u0016\u0003\u0001")) {
                try (RelpSender sender = new RelpSender(open)) {
                    sender.write(nonsense);
                    assertThat(sender.read()).isEqualTo("0 serverclose ");
                    assertThat(sender.isClosed()).isTrue();
                }
            }
            open.awaitLoss("connections closed: the input is not RELP; send with rsyslog's omrelp", 3);
            try (RelpSender sender = new RelpSender(open)) {
                sender.write("1 syslog 3 one\n");
                assertThat(sender.read()).startsWith("1 rsp 500 ");
                assertThat(sender.read()).isEqualTo("0 serverclose ");
            }
            open.awaitInterruption("connections closed: a message came before the open command", 1);
            try (RelpSender sender = new RelpSender(open)) {
                sender.open();
                sender.write("2 syslog 3 one\n");
                assertThat(sender.read()).isEqualTo("2 rsp 200 OK");
            }
            assertThat(open.received()).containsExactly("127.0.0.1 one");
        }
    }

    @Test
    void whoSaysNothingIsToldGoodbye() throws Exception {
        NetworkLimits limits = NetworkLimits.DEFAULT.withIdle(Duration.ofMillis(100));
        try (OpenListener open = new OpenListener(folder, relp(), limits);
                RelpSender sender = new RelpSender(open)) {
            sender.open();
            assertThat(sender.read()).isEqualTo("0 serverclose ");
            assertThat(sender.isClosed()).isTrue();
            open.awaitInterruption("connections closed after a long silence", 1);
        }
    }

    @Test
    void whoTakesNoAnswersIsNotRead() throws Exception {
        try (OpenListener open = listen();
                RelpSender sender = new RelpSender(open)) {
            sender.open();
            byte[] frames = "2 x 0\n".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
            Thread writer = new Thread(() -> {
                try {
                    for (int i = 0; i < 100; i++) {
                        sender.socket.getOutputStream().write(frames);
                    }
                } catch (IOException closed) {
                    // The test is over.
                }
            });
            writer.start();
            writer.join(3_000);
            assertThat(writer.isAlive()).as("10 million commands were taken").isTrue();
            try (RelpSender other = new RelpSender(open)) {
                other.open();
            }
            sender.close();
            writer.join();
        }
    }

    private OpenListener listen() throws IOException {
        return new OpenListener(folder, relp());
    }

    private static Relp relp() {
        return new Relp(OpenListener.FREE, OpenListener.UTC);
    }
}

package io.risefall.ingest.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The other side of RELP, frame by frame. */
public final class RelpSender implements AutoCloseable {
    private static final String OPEN = "1 open 49 relp_version=0\nrelp_software=test\ncommands=syslog\n";
    private static final int A_MOMENT = 400;

    final Socket socket;

    public RelpSender(OpenListener open) throws IOException {
        socket = new Socket(open.address().getAddress(), open.port());
        socket.setSoTimeout(20_000);
    }

    public void open() throws IOException {
        write(OPEN);
        assertThat(read()).isEqualTo("1 rsp 200 OK\nrelp_version=0\nrelp_software=risefall\ncommands=syslog");
    }

    void write(String frames) throws IOException {
        socket.getOutputStream().write(frames.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void syslog(int transaction, String message) throws IOException {
        write(transaction + " syslog " + message.length() + " " + message + "\n");
    }

    /** {@code transaction command data} of the next frame. */
    public String read() throws IOException {
        String transaction = word();
        String command = word();
        String length = word();
        String data = "";
        if (!length.equals("0")) {
            byte[] bytes = socket.getInputStream().readNBytes(Integer.parseInt(length));
            data = new String(bytes, StandardCharsets.ISO_8859_1);
            assertThat(socket.getInputStream().read()).isEqualTo('\n');
        }
        return transaction + " " + command + " " + data;
    }

    private String word() throws IOException {
        StringBuilder word = new StringBuilder();
        int b = socket.getInputStream().read();
        while (b != ' ' && b != '\n') {
            assertThat(b).isNotNegative();
            word.append((char) b);
            b = socket.getInputStream().read();
        }
        return word.toString();
    }

    /** Whether nothing comes for a moment. */
    public boolean isSilent() throws IOException {
        long end = System.nanoTime() + Duration.ofMillis(A_MOMENT).toNanos();
        while (System.nanoTime() < end) {
            if (socket.getInputStream().available() > 0) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    boolean isClosed() throws IOException {
        try {
            return socket.getInputStream().read() == -1;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

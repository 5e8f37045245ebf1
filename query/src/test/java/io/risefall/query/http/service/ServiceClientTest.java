package io.risefall.query.http.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.query.sql.QueryException;
import io.risefall.query.sql.ResultFormat;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client, and a server that answers wrongly, or not. */
class ServiceClientTest {
    private static final String THERE = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";

    @TempDir
    Path folder;

    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void readsTheWholeAnswer() throws Exception {
        file(ProcessHandle.current().pid());
        CompletableFuture<Void> answered =
                answer(THERE, "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 4\r\n\r\na\n1\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        client().sql("select 1 as a", ResultFormat.CSV, out);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a\n1\n");
        answered.get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\na\n",
                "HTTP/1.1 200 OK\r\n\r\na\n1\n",
                "220 mail.example.com\r\n"
            })
    void anAnswerThatIsCutOffIsNone(String answer) throws Exception {
        file(ProcessHandle.current().pid());
        answer(THERE, answer);
        ServiceClient client = client();
        assertThatThrownBy(() -> client.sql("select 1", ResultFormat.CSV, new ByteArrayOutputStream()))
                .isInstanceOf(QueryException.class)
                .hasMessageEndingWith(" closed the connection: it stopped or is restarting; try again");
    }

    @Test
    void whatCannotBeWrittenIsNotTheServicesFault() throws Exception {
        file(ProcessHandle.current().pid());
        answer(THERE, THERE);
        ServiceClient client = client();
        assertThatThrownBy(() -> client.sql("select 1", ResultFormat.CSV, new Full()))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "220 mail.example.com\r\n", "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"})
    void anotherProgramAtTheAddressIsNoService(String answer) throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        file(gone.pid());
        answer(answer);
        assertThat(ServiceClient.find(folder)).isEmpty();
    }

    @Test
    void interruptingItEndsTheRequest() throws Exception {
        file(ProcessHandle.current().pid());
        answer(THERE);
        ServiceClient client = client();
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread asking = new Thread(() -> {
            try {
                client.sql("select 1", ResultFormat.CSV, new ByteArrayOutputStream());
                ended.complete(new AssertionError("nobody has answered"));
            } catch (Throwable e) {
                ended.complete(e);
            }
        });
        CompletableFuture<Void> silent = CompletableFuture.runAsync(() -> {
            try (Socket socket = server.accept()) {
                head(socket);
                asked.countDown();
                while (socket.getInputStream().read() >= 0) {
                    // what is left of the request
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        asking.start();
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
        asking.interrupt();
        assertThat(ended.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        silent.get(30, TimeUnit.SECONDS);
    }

    /** Takes a connection for each answer, and closes it after that. */
    private CompletableFuture<Void> answer(String... answers) {
        return CompletableFuture.runAsync(() -> {
            for (String answer : answers) {
                try (Socket socket = server.accept()) {
                    head(socket);
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
    }

    private static void head(Socket socket) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
            assertThat(line).doesNotContain("\n");
        }
    }

    private void file(long pid) throws IOException {
        new ServiceFile("http://127.0.0.1:" + server.getLocalPort(), "token", pid, "localhost:9092").write(folder);
    }

    private ServiceClient client() throws InterruptedException {
        return ServiceClient.find(folder).orElseThrow();
    }

    private static final class Full extends OutputStream {
        @Override
        public void write(int oneByte) throws IOException {
            throw new IOException("disk full");
        }
    }
}

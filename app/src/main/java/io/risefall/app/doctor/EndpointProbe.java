package io.risefall.app.doctor;

import io.risefall.query.haproxy.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Goes where a check goes, as the check does: connects, shakes hands where that is TLS, and asks what it asks.
 *
 * @param sni the name asked for in TLS; null: none
 * @param request what is asked; null: nothing
 * @param connectMillis how long connecting may take
 * @param answerMillis how long the handshake and the answer may take each
 */
record EndpointProbe(
        boolean tls, @Nullable String sni, @Nullable HttpRequest request, int connectMillis, int answerMillis) {
    private static final int LONGEST_LINE = 1024;

    /** How far it came. */
    enum Stage {
        CONNECT,
        HANDSHAKE,
        ANSWER,
        DONE
    }

    /**
     * What came of it.
     *
     * @param stage where it ended
     * @param error why it ended there; null: it is done
     * @param millis for all
     * @param certificate of the server; null: none
     * @param statusLine of the answer; null: none
     */
    record Probed(
            Stage stage,
            @Nullable String error,
            long millis,
            @Nullable X509Certificate certificate,
            @Nullable String statusLine) {}

    /** Whether a unix socket takes connections. */
    Probed ofUnix(String path) {
        long begin = System.nanoTime();
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return new Probed(Stage.DONE, null, since(begin), null, null);
        } catch (IOException e) {
            return new Probed(Stage.CONNECT, reason(e), since(begin), null, null);
        }
    }

    Probed of(InetAddress host, int port) {
        long begin = System.nanoTime();
        Stage stage = Stage.CONNECT;
        X509Certificate certificate = null;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), connectMillis);
            socket.setSoTimeout(answerMillis);
            Socket spoken = socket;
            if (tls) {
                stage = Stage.HANDSHAKE;
                SSLSocket secured = secured(socket, host, port);
                certificate = (X509Certificate) secured.getSession().getPeerCertificates()[0];
                spoken = secured;
            }
            String status = null;
            if (request != null) {
                stage = Stage.ANSWER;
                spoken.getOutputStream().write(text(request).getBytes(StandardCharsets.ISO_8859_1));
                status = firstLine(spoken.getInputStream());
            }
            return new Probed(Stage.DONE, null, since(begin), certificate, status);
        } catch (IOException | GeneralSecurityException e) {
            return new Probed(stage, reason(e), since(begin), certificate, null);
        }
    }

    private SSLSocket secured(Socket socket, InetAddress host, int port) throws IOException, GeneralSecurityException {
        SSLSocket secured = (SSLSocket) AnyCertificate.context()
                .getSocketFactory()
                .createSocket(socket, sni == null ? host.getHostAddress() : sni, port, true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setServerNames(sni == null ? List.of() : List.of(new SNIHostName(sni)));
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    /** With Host it is HTTP/1.1, as servers want it; HAProxy's own default is 1.0. */
    private static String text(HttpRequest request) {
        boolean host =
                request.headers().stream().anyMatch(header -> header.name().equalsIgnoreCase("host"));
        StringBuilder text = new StringBuilder()
                .append(request.method())
                .append(' ')
                .append(request.uri())
                .append(host ? " HTTP/1.1\r\nConnection: close\r\n" : " HTTP/1.0\r\n");
        request.headers().stream()
                .filter(header -> header.value() != null)
                .forEach(header -> text.append(header.name())
                        .append(": ")
                        .append(header.value())
                        .append("\r\n"));
        return text.append("\r\n").toString();
    }

    private static String firstLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in.read();
        while (next >= 0 && next != '\n' && line.length() < LONGEST_LINE) {
            line.append((char) next);
            next = in.read();
        }
        if (line.isEmpty()) {
            throw new IOException("closed without an answer");
        }
        return line.toString().strip();
    }

    private static String reason(Exception e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private static long since(long begin) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }
}

package io.risefall.query.http.service;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One request to a {@link QueryService}, and its answer: as much HTTP as that service speaks. Java's own client would take longer to
 * load than the service to answer. One thread; interrupting it ends the connection.
 */
final class ServiceConnection implements AutoCloseable {
    private static final int HEAD_BYTES = 64 * 1024;
    private static final String LENGTH = "content-length";

    private final SocketChannel channel;
    private final InputStream in;

    /** @param connect how long connecting may take */
    ServiceConnection(URI service, Duration connect) throws IOException {
        channel = SocketChannel.open();
        try {
            String host = service.getHost().replaceAll("[\\[\\]]", "");
            channel.socket().connect(new InetSocketAddress(host, service.getPort()), (int) connect.toMillis());
            in = new BufferedInputStream(channel.socket().getInputStream(), HEAD_BYTES);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Sends a request and waits for its answer.
     *
     * @param head method, path, and headers of the request, each line with its end
     * @param patience how long to wait for each byte; zero: as long as it takes
     */
    Reply ask(String head, byte[] body, Duration patience) throws IOException {
        OutputStream out = channel.socket().getOutputStream();
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(("Connection: close\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(body);
        request.writeTo(out);
        channel.socket().setSoTimeout((int) patience.toMillis());
        String[] status = line().split(" ", 3);
        if (status.length < 2 || !status[0].startsWith("HTTP/1.") || !status[1].matches("[1-5]\\d\\d")) {
            throw new IOException("the answer is not HTTP");
        }
        Map<String, String> headers = headers();
        if (!headers.getOrDefault(LENGTH, "").matches("\\d{1,18}")) {
            throw new IOException("the answer has no length");
        }
        return new Reply(Integer.parseInt(status[1]), headers, new Body(in, Long.parseLong(headers.get(LENGTH))));
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("the answer is not HTTP");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
            if (headers.size() > HEAD_BYTES / 4) {
                throw new IOException("the head of the answer is too long");
            }
        }
        return headers;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.size() > HEAD_BYTES) {
                throw new IOException(next < 0 ? "no answer" : "the head of the answer is too long");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /**
     * What came back.
     *
     * @param headers by their names in lower case
     * @param body of the length that was announced: one that ends earlier is an {@link IOException}
     */
    record Reply(int status, Map<String, String> headers, InputStream body) {
        long number(String header, long otherwise) {
            String value = headers.getOrDefault(header.toLowerCase(Locale.ROOT), "");
            return value.matches("\\d{1,18}") ? Long.parseLong(value) : otherwise;
        }
    }

    /** So many bytes. */
    private static final class Body extends InputStream {
        private final InputStream in;
        private long left;

        Body(InputStream in, long length) {
            this.in = in;
            left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read(bytes, offset, (int) Math.min(length, left));
            if (read < 0) {
                throw new IOException("the connection was closed " + left + " bytes too early");
            }
            left -= read;
            return read;
        }
    }
}

package io.risefall.app.truth.feed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Sends streams of frames over TCP to a Risefall that has a listener for each, so that each is a node of its own. */
public final class FrameSenders {
    /** From this port on systems give out ports of their own accord, and so to Kafka's clients before we listen. */
    private static final int EPHEMERAL = 32_768;

    private static final int FROM_PORT = 12_000;

    private final Map<LogForm, Integer> ports = new LinkedHashMap<>();

    /** Chooses a free port for each. */
    public FrameSenders(List<LogForm> forms) {
        int next = ThreadLocalRandom.current().nextInt(FROM_PORT, EPHEMERAL - 10 * forms.size());
        for (LogForm form : forms) {
            while (!isFree(next)) {
                next++;
            }
            ports.put(form, next++);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** The listeners as a configuration file. */
    public Path configuration(Path file) throws IOException {
        StringBuilder yaml = new StringBuilder("sources:\n");
        ports.forEach((form, port) ->
                yaml.append("""
                  - syslog-tcp: 127.0.0.1:%d
                    node: %s
                    zone: %s
                    tag: [%s]
                """.formatted(port, form.node(), form.zone(), String.join(", ", LogForm.TAGS))));
        return Files.writeString(file, yaml);
    }

    /** Sends all of them, and returns how many frames. */
    public long send() throws IOException {
        long frames = 0;
        for (Map.Entry<LogForm, Integer> listener : ports.entrySet()) {
            LogForm form = listener.getKey();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.getValue())) {
                socket.getOutputStream().write(form.run().log(form.form()));
            }
            frames += form.run().lines(form.form()).size();
        }
        return frames;
    }
}

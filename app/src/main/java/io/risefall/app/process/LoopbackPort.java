package io.risefall.app.process;

import io.risefall.query.file.AtomicFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** A TCP port on 127.0.0.1 for a server that needs its port before it starts. */
public final class LoopbackPort {
    private static final int LARGEST = 65_535;

    private LoopbackPort() {}

    /** A port that is free now. */
    public static int free() throws IOException {
        return open(0);
    }

    /** The port stored in {@code file} if it is free, else a new one, which is stored there. */
    public static int kept(Path file) throws IOException {
        int port = read(file);
        if (port > 0 && isFree(port)) {
            return port;
        }
        int chosen = free();
        AtomicFile.write(file, Integer.toString(chosen) + "\n");
        return chosen;
    }

    /** The port stored in {@code file}; 0: none. */
    public static int read(Path file) {
        try {
            int port = Integer.parseInt(Files.readString(file).strip());
            return port > 0 && port <= LARGEST ? port : 0;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    private static boolean isFree(int port) {
        try {
            open(port);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int open(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
            return socket.getLocalPort();
        }
    }
}

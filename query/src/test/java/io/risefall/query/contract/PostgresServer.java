package io.risefall.query.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** A new PostgreSQL on loopback, with a password and a folder of its own that go with it. Without the program the test is skipped. */
final class PostgresServer implements AutoCloseable {
    private static final Path PACKAGED = Path.of("/usr/lib/postgresql");
    private static final int OLDEST = 15;
    private static final String PASSWORD = "in this test only";

    /** The package's own user: PostgreSQL does not run as root. */
    private static final String USER = "postgres";

    private final Path programs;
    private final Path folder;
    private final boolean root = System.getProperty("user.name").equals("root");
    private final Process process;
    private final int port;

    private PostgresServer() throws IOException, InterruptedException {
        programs = programs();
        folder = Files.createTempDirectory("postgres");
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        own(folder);
        own(password);
        run("initdb", "-D data -U risefall -A scram-sha-256 --pwfile=password -E UTF8 --no-locale --no-sync")
                .waitFor();
        port = freePort();
        process = run(
                "postgres",
                "-D data -c listen_addresses=127.0.0.1 -p " + port
                        + " -c unix_socket_directories= -c fsync=off -c jit=off -c shared_buffers=16MB");
    }

    /** Starts one, and returns when it answers. */
    static PostgresServer start() throws IOException, InterruptedException {
        PostgresServer server = new PostgresServer();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(SQLException.class)
                .until(() -> {
                    if (!server.process.isAlive()) {
                        throw new IllegalStateException("PostgreSQL has ended: " + Files.readString(server.log()));
                    }
                    server.connect().close();
                    return true;
                });
        return server;
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=risefall&password="
                + PASSWORD.replace(" ", "%20");
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The newest version's. */
    private static Path programs() throws IOException {
        if (Files.isDirectory(PACKAGED)) {
            try (Stream<Path> versions = Files.list(PACKAGED)) {
                return versions.filter(
                                version -> version.getFileName().toString().matches("\\d+"))
                        .filter(version -> Files.isExecutable(version.resolve("bin/initdb")))
                        .max(Comparator.comparing(PostgresServer::number))
                        .filter(version -> number(version) >= OLDEST)
                        .map(version -> version.resolve("bin"))
                        .orElseGet(PostgresServer::none);
            }
        }
        return none();
    }

    private static int number(Path version) {
        return Integer.parseInt(version.getFileName().toString());
    }

    private static Path none() {
        return Assumptions.abort("no PostgreSQL " + OLDEST + " or newer on this machine: apt-get install postgresql");
    }

    private void own(Path path) throws IOException {
        if (root) {
            try {
                Files.setOwner(
                        path,
                        path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
            } catch (UserPrincipalNotFoundException e) {
                Assumptions.abort("PostgreSQL does not run as root, and there is no user " + USER
                        + ": run the tests as another user");
            }
        }
    }

    /** @param arguments with blanks between; files are in the folder */
    private Process run(String program, String arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (root) {
            command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups", "--"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments.split(" ")));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    private Path log() {
        return folder.resolve("log");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

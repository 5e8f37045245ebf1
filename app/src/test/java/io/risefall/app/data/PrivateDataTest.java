package io.risefall.app.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.app.driver.LaunchedRisefall;
import io.risefall.schemas.suite.RealParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept is its owner's: no other user may read a raw line, a token or a secret, unless a group was let in. */
@RealParts
class PrivateDataTest {
    private static final String LINE =
            "2026-11-23T10:00:00.000000+00:00 lb1 haproxy[50]: Server web/s1 is DOWN, reason: "
                    + "Layer4 timeout, check duration: 2001ms. 1 active and 0 backup servers left. 0 sessions active, 0 requeued, "
                    + "0 remaining in queue.\n";

    @TempDir
    Path temp;

    @Test
    void whatIsKeptIsForItsOwnerAndWhatWasAskedForIsNot() throws Exception {
        Path data = temp.resolve("data");
        Path log = Files.writeString(temp.resolve("haproxy.log"), LINE);
        LaunchedRisefall risefall = new LaunchedRisefall(Files.createDirectory(temp.resolve("installed")));
        risefall.run("022", "import", log.toString(), "--data", data.toString());
        assertThat(open(data)).as("what others may touch").isEmpty();
        try (Stream<Path> children = Files.list(data)) {
            assertThat(Stream.concat(Stream.of(data), children.filter(Files::isDirectory)))
                    .allSatisfy(folder -> assertThat(mode(folder)).isEqualTo("rwx------"));
        }

        Path report = temp.resolve("report.txt");
        risefall.run("022", "report", "--date", "2026-11-23", "--data", data.toString(), "-o", report.toString());
        assertThat(mode(report)).isEqualTo("rw-r--r--");
    }

    @Test
    void anOlderDirectoryBecomesPrivateAndAGroupCanBeLetIn() throws Exception {
        Path old = Files.createDirectory(temp.resolve("old"));
        Path kept =
                Files.writeString(Files.createDirectory(old.resolve("kafka")).resolve("segment"), "raw lines");
        Files.writeString(old.resolve("warehouse.duckdb"), "");
        Files.writeString(old.resolve("service.json"), "{}");
        for (Path path : List.of(old, old.resolve("kafka"))) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        String group = Files.readAttributes(old, "posix:group").get("group").toString();

        try (DataDirectory data = new DataDirectory(old, "risefall")) {
            data.lock();
            assertThat(List.of(mode(old), mode(old.resolve("kafka")), mode(old.resolve("warehouse.duckdb"))))
                    .containsExactly("rwx------", "rwx------", "rw-------");
            data.share(group);
            assertThat(List.of(
                            mode(old),
                            mode(old.resolve("kafka")),
                            mode(old.resolve("warehouse.duckdb")),
                            mode(old.resolve("service.json")),
                            mode(old.resolve("risefall.lock"))))
                    .containsExactly("rwxr-x---", "rwx------", "rw-r-----", "rw-r-----", "rw-------");
        }
        try (DataDirectory data = new DataDirectory(old, "risefall")) {
            data.lock();
            assertThat(mode(old)).as("remembered").isEqualTo("rwxr-x---");
            data.share(Sharing.NOBODY);
            assertThat(mode(old)).isEqualTo("rwx------");
        }
        assertThat(kept).hasContent("raw lines");
    }

    private static List<String> open(Path data) throws IOException {
        try (Stream<Path> walk = Files.walk(data)) {
            // Kafka Streams opens a folder of its own to the group; the folder above it is shut.
            return walk.filter(path -> !mode(path).endsWith(Files.isDirectory(path) ? "---" : "------"))
                    .map(path -> mode(path) + " " + path)
                    .toList();
        }
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

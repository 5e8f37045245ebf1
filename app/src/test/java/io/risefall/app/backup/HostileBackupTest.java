package io.risefall.app.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.app.driver.CommandRunner;
import io.risefall.app.runtime.Version;
import io.risefall.query.text.PrettyJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A backup may be anybody's: only what a backup has is restored, and nothing outside it is read. */
@Timeout(60)
class HostileBackupTest {
    @TempDir
    Path temp;

    private final CommandRunner risefall = new CommandRunner();
    private Path backup;
    private Path data;

    @BeforeEach
    void begin() throws Exception {
        backup = Files.createDirectory(temp.resolve("backup"));
        data = temp.resolve("data");
    }

    @Test
    void whatABackupHasIsRestored() throws Exception {
        manifest("warehouse.duckdb", "journal/udp_0/1.journal", "kafka/log/topic-0/0.log");
        assertThat(risefall.run("restore", backup.toString(), "--data", data.toString()))
                .as(risefall.err())
                .isZero();
        assertThat(data.resolve("kafka/log/topic-0/0.log")).hasContent("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "service.json",
                "risefall.lock",
                "logs/x.log",
                "streams/x",
                "alive",
                "kafka/pid",
                "warehouse.duckdb.wal",
                "x.tmp"
            })
    void whatABackupNeverHasIsNot(String file) throws Exception {
        manifest("a", file);
        assertRefused("is damaged, and nothing was restored: " + file + ": no backup has such a file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../x", "x/../../y", "/etc/x", "./service.json", "kafka/../service.json", "a//b", "", "a\0b"})
    void aPathLeadsIntoTheBackup(String path) throws Exception {
        listed(new Manifest.CopiedFile(path, 0, ""));
        assertRefused("it names a file that no backup has:");
        assertThat(risefall.err()).doesNotContain("\0");
    }

    @Test
    void aManifestNamesItsFiles() throws Exception {
        Path manifest = backup.resolve(Manifest.NAME);
        Files.writeString(manifest, "{\"format\":1}");
        assertRefused("it names no files");
        Files.writeString(manifest, "{\"format\":1,\"files\":[null]}");
        assertRefused("it names a file that no backup has: null");
        Files.writeString(manifest, "{\"format\":1,\"files\":[{\"bytes\":1}]}");
        assertRefused("it names a file that no backup has: null");
        Files.writeString(manifest, "{\"format\":1,\"files\":[{\"path\":\"a\"},{\"path\":\"a\"}]}");
        assertRefused("it names a file twice: a");
        Files.writeString(manifest, "{\"format\":2,\"risefall\":\"\\u001b[2J\"}");
        assertRefused("the backup was made by Risefall \\u{1b}[2J");
        Files.writeString(manifest, "{\"format\":1,\"files\":[{\"path\":\"\\u001b[2J\"}]}");
        assertRefused("\\u{1b}[2J: it is missing");
    }

    @Test
    void nothingOutsideIsRead() throws Exception {
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.writeString(outside.resolve("file"), "x");
        manifest("file", "folder/file");
        Files.delete(backup.resolve("file"));
        Files.createSymbolicLink(backup.resolve("file"), outside.resolve("file"));
        assertRefused(": file: file is a symbolic link");

        Files.delete(backup.resolve("file"));
        Files.writeString(backup.resolve("file"), "x");
        Files.delete(backup.resolve("folder/file"));
        Files.delete(backup.resolve("folder"));
        Files.createSymbolicLink(backup.resolve("folder"), outside);
        assertRefused(": folder/file: folder is a symbolic link");
    }

    @Test
    void whatDoesNotEndIsNotReadToItsEnd() throws Exception {
        manifest("pipe", "long");
        Files.delete(backup.resolve("pipe"));
        assertThat(new ProcessBuilder("mkfifo", backup.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        assertRefused(": pipe: it is no regular file");
        Files.writeString(backup.resolve("long"), "x".repeat(1 << 20));
        assertThat(CopiedFolder.describe(backup, Path.of("long"), 2).bytes()).isEqualTo(2);
    }

    @Test
    void aLinkIntoTheDataDirectoryIsNoOtherPlace() throws Exception {
        Files.createDirectory(data);
        Path link = Files.createSymbolicLink(temp.resolve("link"), data);
        Path copy = link.resolve("new/copy");
        assertThat(risefall.run("backup", "--data", data.toString(), copy.toString()))
                .isOne();
        assertThat(risefall.err()).contains("is in the data directory; name a folder elsewhere");
        assertThat(risefall.run(
                        "backup",
                        "--data",
                        link.toString(),
                        data.resolve("copy").toString()))
                .isOne();
        assertThat(risefall.err()).contains("is in the data directory; name a folder elsewhere");
        assertThat(data).isEmptyDirectory();
    }

    private void assertRefused(String why) {
        assertThat(risefall.run("restore", backup.toString(), "--data", data.toString()))
                .isOne();
        assertThat(risefall.err()).contains(why).hasLineCount(1);
        assertThat(data).doesNotExist();
    }

    /** Of files that are there. */
    private void manifest(String... paths) throws Exception {
        List<Manifest.CopiedFile> files = new ArrayList<>();
        for (String path : paths) {
            Files.createDirectories(backup.resolve(path).getParent());
            Files.writeString(backup.resolve(path), "x");
            files.add(CopiedFolder.describe(backup, Path.of(path), 1));
        }
        listed(files.toArray(Manifest.CopiedFile[]::new));
    }

    private void listed(Manifest.CopiedFile... files) throws Exception {
        // As anybody can write it: Manifest itself does not.
        Files.writeString(backup.resolve(Manifest.NAME), PrettyJson.of(new Claimed(List.of(files))));
    }

    private record Claimed(
            int format, String risefall, Instant madeAt, boolean kafka, List<Manifest.CopiedFile> files) {
        Claimed(List<Manifest.CopiedFile> files) {
            this(Manifest.FORMAT, Version.number(), Instant.EPOCH, false, files);
        }
    }
}

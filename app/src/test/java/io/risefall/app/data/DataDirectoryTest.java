package io.risefall.app.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.app.process.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path temp;

    @Test
    void makesTheFolderAndKnowsItsOwner() {
        Path path = temp.resolve("a/b");
        try (DataDirectory data = new DataDirectory(path, "risefall")) {
            data.lock();
            assertThat(path).isDirectory();
            assertThat(data.pid())
                    .contains(Long.toString(ProcessHandle.current().pid()));
        }
    }

    @Test
    void hasOneOwnerAtATime() {
        try (DataDirectory first = new DataDirectory(temp, "risefall");
                DataDirectory second = new DataDirectory(temp, "risefall")) {
            first.lock();
            assertThatThrownBy(second::lock)
                    .isInstanceOf(CommandException.class)
                    .hasMessage(
                            "%s is in use by another risefall (pid %d); query, report and explain work"
                                    + " meanwhile. To start another one, use another --data DIR",
                            temp, ProcessHandle.current().pid());
            first.close();
            second.lock();
        }
    }

    @Test
    void keepsWhateverWasPutIntoAFolderThatItMade() throws Exception {
        Path path = temp.resolve("new");
        try (DataDirectory data = new DataDirectory(path, "ingest")) {
            data.lock();
            Files.createDirectories(path.resolve("journal/relp"));
        }
        assertThat(path.resolve("journal/relp")).isDirectory();
    }

    @Test
    void leavesNoFolderThatWasNotUsed() {
        Path path = temp.resolve("new");
        try (DataDirectory data = new DataDirectory(path, "risefall")) {
            data.lock();
            assertThatThrownBy(() -> data.share("no-such-group-here")).hasMessageContaining("no-such-group-here");
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void keepsAnEmptyFolderThatWasThere() throws Exception {
        Path path = Files.createDirectory(temp.resolve("there"));
        try (DataDirectory data = new DataDirectory(path, "risefall")) {
            data.lock();
        }
        assertThat(path).isDirectory();
    }

    @Test
    void partsDoNotDisturbEachOther() {
        try (DataDirectory ingest = new DataDirectory(temp, "ingest");
                DataDirectory streams = new DataDirectory(temp, "streams")) {
            ingest.lock();
            streams.lock();
        }
    }

    @Test
    void aFileIsNoFolder() throws Exception {
        Path file = Files.writeString(temp.resolve("file"), "");
        try (DataDirectory data = new DataDirectory(file.resolve("below"), "risefall")) {
            assertThatThrownBy(data::lock)
                    .isInstanceOf(CommandException.class)
                    .hasMessage("%s is not a directory; use another --data DIR", file);
        }
        try (DataDirectory data = new DataDirectory(file, "risefall")) {
            assertThatThrownBy(data::lock).hasMessage("%s is not a directory; use another --data DIR", file);
        }
    }

    /** Not by permissions: those do not stop root. */
    @Test
    void saysWhereItCannotWrite() {
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self")), "no /proc here");
        try (DataDirectory data = new DataDirectory(Path.of("/proc/risefall"), "risefall")) {
            assertThatThrownBy(data::lock)
                    .isInstanceOf(CommandException.class)
                    .hasMessageStartingWith("cannot write to /proc/risefall: ")
                    .hasMessageEndingWith("; use another --data DIR");
        }
    }
}

package io.risefall.ingest.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.risefall.ingest.failure.IngestException;
import io.risefall.ingest.line.context.LineDefaults;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilePatternTest {
    @TempDir
    Path directory;

    @BeforeEach
    void files() throws Exception {
        for (String name :
                List.of("a.log", "b.log", "c1.log", "c2.log", ".h.log", "x[1].log", "d/a.log", "d/e/b.log")) {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
        }
        Files.createDirectory(directory.resolve("folder.log"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "*.log|a.log b.log c1.log c2.log x[1].log",
                "?.log|a.log b.log",
                "c[0-9].log|c1.log c2.log",
                "c[!1].log|c2.log",
                "{a,c2}.log|a.log c2.log",
                ".*.log|.h.log",
                "x\\[1\\].log|x[1].log",
                "*/a.log|d/a.log",
                "**/b.log|b.log d/e/b.log",
                "d/**/*.log|d/a.log d/e/b.log",
                "nowhere/*.log|\"\"",
                "a.log/*|\"\""
            })
    void findsAsAShellDoes(String glob, String expected) throws Exception {
        String found = String.join(
                " ",
                pattern(glob).find(closed -> {}).stream()
                        .map(file -> directory.relativize(file).toString())
                        .toList());
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void aFileWithSuchANameIsAFile() {
        assertThat(FilePattern.isPattern(directory + "/x[1].log")).isFalse();
        assertThat(FilePattern.isPattern(directory + "/x[2].log")).isTrue();
        assertThat(FilePattern.isPattern("/var/log/haproxy.log")).isFalse();
        assertThat(FilePattern.isPattern("/var/log/haproxy*.log")).isTrue();
    }

    @Test
    void aBrokenPatternIsRefused() {
        assertThatThrownBy(() -> pattern("a[.log"))
                .isInstanceOf(IngestException.class)
                .hasMessageStartingWith("cannot use the pattern " + directory + "/a[.log: ");
    }

    @Test
    void aDirectoryThatMayNotBeLookedIntoIsTold() throws Exception {
        Path closed = directory.resolve("d");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        assumeTrue(!Files.isReadable(closed), "root may look everywhere");
        List<Path> told = new ArrayList<>();
        assertThat(pattern("*/*.log").find(told::add)).isEmpty();
        assertThat(told).containsExactly(closed);
    }

    private FilePattern pattern(String glob) {
        return new FilePattern(directory + "/" + glob, LineDefaults.of(ZoneOffset.UTC));
    }
}

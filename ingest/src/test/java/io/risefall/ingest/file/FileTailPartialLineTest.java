package io.risefall.ingest.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTailPartialLineTest {
    @TempDir
    Path directory;

    @Test
    void aLineIsWholeOrItWaits() throws Exception {
        try (TailedFile file = new TailedFile(directory)) {
            file.append("one\ntw");
            assertThat(file.read()).containsExactly("one");
            assertThat(file.tail.offset()).isEqualTo(4);
            file.append("o");
            assertThat(file.read()).isEmpty();
            file.append("\nthree\r\n");
            assertThat(file.read()).containsExactly("two", "three");
            assertThat(file.positions).containsExactly(0L, 4L, 8L);
        }
    }

    @Test
    void everyCutOfTheBytesGivesTheSameLines() throws Exception {
        String text = "a\n\nbc\r\nd";
        for (int at = 0; at <= text.length(); at++) {
            Path own = Files.createDirectory(directory.resolve("cut" + at));
            try (TailedFile file = new TailedFile(own)) {
                file.append(text.substring(0, at));
                file.read();
                file.append(text.substring(at) + "\n");
                file.read();
                assertThat(file.lines).as("cut at %d", at).containsExactly("a", "", "bc", "d");
            }
        }
    }

    @Test
    void aFileThatIsNotThereYetIsWaitedFor() throws Exception {
        try (TailedFile file = new TailedFile(directory)) {
            assertThat(file.read()).isEmpty();
            assertThat(file.tail.atEnd()).isFalse();
            file.append("one\n");
            assertThat(file.read()).containsExactly("one");
            assertThat(file.tail.atEnd()).isTrue();
        }
    }
}

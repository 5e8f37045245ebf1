package io.risefall.ingest.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.source.ReadPosition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

    @Test
    void aLineWrittenInTwoPartsOverARotationIsOneLine() throws Exception {
        try (TailedFile file = new TailedFile(directory)) {
            file.append("one\nha");
            file.read();
            Files.move(file.path, file.sibling("haproxy.log.1"));
            file.append("two\n");
            file.read();
            file.clock.advance(Duration.ofSeconds(9));
            assertThat(file.read()).as("a writer that takes its time").isEmpty();
            TailedFile.append(file.sibling("haproxy.log.1"), "lf\n");
            assertThat(file.readAll()).containsExactly("half", "two");
        }
    }

    @Test
    void aPauseWithinALineMayLastForDays() throws Exception {
        try (TailedFile file = new TailedFile(directory)) {
            file.append("ha");
            file.read();
            file.clock.advance(Duration.ofDays(2));
            assertThat(file.read()).isEmpty();
            file.append("lf\n");
            assertThat(file.read()).containsExactly("half");
        }
    }

    @Test
    void aFileWithNothingButHalfALineHasNoLineUntilItIsOver() throws Exception {
        try (TailedFile file = new TailedFile(directory)) {
            file.append("half");
            assertThat(file.read()).isEmpty();
            ReadPosition saved = file.position();
            file.resume(saved);
            file.append(" a line\n");
            assertThat(file.read()).containsExactly("half a line");
        }
    }
}

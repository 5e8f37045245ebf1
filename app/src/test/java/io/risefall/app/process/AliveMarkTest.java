package io.risefall.app.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AliveMarkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path data;

    @Test
    void isThereWhileThePartWorks() {
        Path file = data.resolve("alive");
        try (AliveMark mark = new AliveMark(data, new CompletableFuture<>(), Clock.systemUTC())) {
            mark.start();
            await().atMost(PATIENCE).until(() -> Files.exists(file));
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void aPartThatHasFailedIsNotMarked() {
        CompletableFuture<Void> failed = new CompletableFuture<>();
        failed.completeExceptionally(new IllegalStateException("no topics"));
        try (AliveMark mark = new AliveMark(data, failed, Clock.systemUTC())) {
            mark.mark();
            assertThat(data.resolve("alive")).doesNotExist();
        }
    }
}

package io.risefall.app.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.risefall.app.driver.CorpusFeed;
import io.risefall.app.driver.FinalViews;
import io.risefall.app.driver.PartsInstallation;
import io.risefall.app.driver.SupervisedPart;
import io.risefall.schemas.suite.RealParts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Parts of an older build become this one, one after the other, while lines come; the broker is not touched. The views end as those that this
 * build makes of the same lines by itself. {@code -Drisefall.older=/path/to/risefall} is the launcher of the older build.
 */
@RealParts
@Timeout(900)
@EnabledIfSystemProperty(named = "risefall.older", matches = ".+")
class RollingUpgradeTest {
    private static final int PIECES = 300;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Between two pieces while parts are upgraded: so that some come at each moment of it. */
    private static final long PAUSE_MILLIS = 250;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path temp;

    @Test
    void theViewsEndAsThoseOfThisBuildAlone() throws Exception {
        Path older = Path.of(System.getProperty("risefall.older"));
        CorpusFeed input = new CorpusFeed(3, PIECES);
        Map<String, String> alone = PartsInstallation.undisturbed(temp.resolve("alone"), input);
        try (PartsInstallation installation = new PartsInstallation(temp.resolve("upgraded"))) {
            installation.ownParts().forEach(part -> part.launchedBy(older));
            installation.start();
            installation.feed(input, 0);
            installation.awaitBegun();
            AtomicInteger piece = new AtomicInteger(1);
            AtomicBoolean upgraded = new AtomicBoolean();
            CompletableFuture<Void> feeding =
                    CompletableFuture.runAsync(() -> feed(installation, input, piece, upgraded));
            for (SupervisedPart part : installation.ownParts()) {
                awaitFed(piece);
                assertThat(part.stop()).as(part.output()).isZero();
                part.launchedBy(null);
                // It is away for a while.
                awaitFed(piece);
                part.start();
                await(part.name()).atMost(PATIENCE).until(part::isWorking);
            }
            awaitFed(piece);
            assertThat(piece.get()).as("pieces fed until all were upgraded").isLessThan(PIECES);
            upgraded.set(true);
            feeding.get();
            installation.drain(input);
            Map<String, String> views = installation.viewsOnceEqual(alone);
            assertThat(FinalViews.difference(alone, views)).isEmpty();
            assertThat(views).isEqualTo(alone);
            assertThat(installation.ownEnds()).isEmpty();
        }
    }

    private static void feed(
            PartsInstallation installation, CorpusFeed input, AtomicInteger piece, AtomicBoolean upgraded) {
        try {
            while (piece.get() < PIECES) {
                installation.feed(input, piece.get());
                piece.incrementAndGet();
                if (!upgraded.get()) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until some more came. */
    private static void awaitFed(AtomicInteger piece) {
        int wanted = piece.get() + 3;
        await("lines").atMost(PATIENCE).until(() -> piece.get() >= wanted || piece.get() == PIECES);
    }
}

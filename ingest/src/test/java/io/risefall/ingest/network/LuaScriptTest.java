package io.risefall.ingest.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.message.HealthLineParser;
import io.risefall.ingest.network.ring.HaproxyRing;
import io.risefall.ingest.network.stats.StatsAddress;
import io.risefall.ingest.network.stats.StatsClient;
import io.risefall.schemas.suite.RealParts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real HAProxy loads {@code lua/risefall.lua}: that of the system, and the one that {@code RISEFALL_HAPROXY} names. */
@RealParts
@Timeout(120)
class LuaScriptTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path SCRIPT =
            Path.of("../lua/risefall.lua").toAbsolutePath().normalize();
    private static final Pattern VERSION = Pattern.compile("HAProxy version (\\d+)\\.(\\d+)");

    @TempDir
    Path folder;

    private @Nullable Process haproxy;

    @AfterEach
    void stop() throws InterruptedException {
        if (haproxy != null) {
            haproxy.destroyForcibly().waitFor();
        }
    }

    @Test
    void withoutEventsItSaysSoAndAllElseGoesOn() throws Exception {
        Haproxy.assumeInstalled();
        Path program = Haproxy.PROGRAM;
        start(program);
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> !ask("show info").isEmpty());
        String printed = Files.readString(folder.resolve("haproxy.out"));
        assertThat(printed.contains("risefall.lua needs core.event_sub"))
                .as(printed)
                .isEqualTo(!hasEvents(program));
    }

    @Test
    void eventsAreToldAsTheyAreRead() throws Exception {
        Path program = Path.of(System.getenv().getOrDefault("RISEFALL_HAPROXY", Haproxy.PROGRAM.toString()));
        Assumptions.assumeTrue(
                Files.isExecutable(program) && hasEvents(program),
                "no HAProxy of 2.8 or newer here: RISEFALL_HAPROXY=PROGRAM names one");
        start(program);
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> !ask("show info").isEmpty());
        try (OpenListener open = new OpenListener(
                folder.resolve("journal"),
                new HaproxyRing(StatsAddress.parse(socket()), HaproxyRing.USUAL, OpenListener.UTC))) {
            awaitTold(open, "observed: app/srv1 is DOWN, reason: Layer4 connection problem");
            ask("disable server app/srv1");
            awaitTold(open, "observed: app/srv1 is MAINT, address: 127.0.0.1:");
            ask("set server app/srv1 addr 127.0.0.2");
            awaitTold(open, "observed: app/srv1 is MAINT, address: 127.0.0.2:");
            ask("experimental-mode on; add server app/more 127.0.0.1:1");
            awaitTold(open, "observed: app/more is MAINT (added), address: 127.0.0.1:1");
            ask("del server app/more");
            awaitTold(open, "observed: app/more is MAINT (removed)");
            assertThat(open.received())
                    .filteredOn(line -> line.contains("risefall {"))
                    .allSatisfy(line -> assertThat(told(line)).startsWith("observed: "));
        }
    }

    private static void awaitTold(OpenListener open, String words) {
        Awaitility.await(words)
                .atMost(PATIENCE)
                .until(() ->
                        open.received().stream().anyMatch(line -> told(line).startsWith(words)));
    }

    private static String told(String line) {
        String message = line.substring(line.indexOf(" - - ") + " - - ".length());
        return HealthLineParser.parse(message) instanceof HealthLineParser.Parsed parsed
                ? parsed.message().text()
                : message;
    }

    private String ask(String command) {
        return new StatsClient(StatsAddress.parse(socket()), PATIENCE).ask(command);
    }

    private String socket() {
        return folder.resolve("admin.sock").toString();
    }

    private static boolean hasEvents(Path program) throws IOException, InterruptedException {
        Process asked = new ProcessBuilder(program.toString(), "-v").start();
        String version = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        asked.waitFor();
        Matcher matcher = VERSION.matcher(version);
        assertThat(matcher.find()).as(version).isTrue();
        int major = Integer.parseInt(matcher.group(1));
        return major > 2 || major == 2 && Integer.parseInt(matcher.group(2)) >= 8;
    }

    private void start(Path program) throws IOException {
        haproxy = Haproxy.start(
                program,
                folder,
                Haproxy.configuration(
                        Path.of(socket()),
                        Haproxy.ring(1_000_000),
                        "log ring@risefall local0\n    lua-load " + SCRIPT,
                        "",
                        ""));
    }
}

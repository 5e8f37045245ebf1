package io.risefall.query.alert.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.query.alert.Alerts;
import io.risefall.query.alert.model.AlertTransition;
import io.risefall.schemas.suite.RealParts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A program of the user's: what it gets, and what counts as taken. */
@RealParts
@EnabledOnOs(OS.LINUX)
class CommandChannelTest {
    @TempDir
    Path folder;

    @Test
    void getsTheMessageOnItsInputAndInVariablesAndNeverByAShell() throws Exception {
        Path pwned = folder.resolve("pwned");
        String hostile = "$(touch " + pwned + ") `touch " + pwned + "`; touch " + pwned + "\n";
        Path program = program(
                "cat > " + folder + "/input; env > " + folder + "/env; echo \"$#\" > " + folder + "/count; echo fine");
        CommandChannel channel = channel(program.toString(), "$(touch " + pwned + ")");
        AlertNotice notice =
                new AlertNotice(Alerts.titled("a1", 1, AlertTransition.OPENED, "web/s1", hostile), "/", false);
        assertThat(channel.send(notice)).isEqualTo("exit code 0: fine");
        assertThat(pwned).doesNotExist();
        assertThat(Files.readString(folder.resolve("input")))
                .contains("\"version\":\"risefall.webhook.v1\"", "$(touch");
        assertThat(Files.readString(folder.resolve("count"))).isEqualTo("1\n");
        assertThat(Files.readAllLines(folder.resolve("env")))
                .contains("RISEFALL_DELIVERY_ID=a1-1", "RISEFALL_TRANSITION=opened", "RISEFALL_SEVERITY=warning")
                .noneMatch(line -> line.startsWith("JAVA") || line.startsWith("MAVEN"));
    }

    @Test
    void aMessageIsTakenOnlyWithExitCode0() throws Exception {
        Path program = program("echo 'no such user' >&2; exit 3");
        assertThatThrownBy(() -> channel(program.toString()).send(notice()))
                .isInstanceOf(DeliveryException.class)
                .hasMessage("program " + program + " ended with exit code 3: no such user");
        assertThatThrownBy(() -> channel(folder.resolve("none").toString()).send(notice()))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("cannot start program " + folder.resolve("none"));
    }

    @Test
    void oneThatDoesNotEndIsKilledWithItsChildren() throws Exception {
        Path program = program("echo $$ > " + folder + "/pid; sleep 1000");
        assertThatThrownBy(() -> channel("timeout", "1s", program.toString()).send(notice()))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("did not end within 1 s");
        long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        assertThat(ProcessHandle.of(pid)).isEmpty();
    }

    /** What it does not read is no reason to wait, and what it prints without end neither. */
    @Test
    void oneThatReadsNothingAndPrintsMuchIsNoTrouble() throws Exception {
        AlertNotice long1 = new AlertNotice(
                Alerts.titled("a1", 1, AlertTransition.OPENED, "web/" + "s".repeat(300_000), Alerts.HOSTILE),
                "/",
                false);
        Path program = program("head -c 5000000 /dev/zero | tr '\\0' x");
        assertThat(channel(program.toString()).send(long1))
                .startsWith("exit code 0: xxx")
                .hasSizeLessThan(300);
    }

    private static AlertNotice notice() {
        return new AlertNotice(Alerts.opened("a1", "web/s1"), "/", false);
    }

    private Path program(String script) throws Exception {
        Path file = Files.writeString(folder.resolve("program"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file;
    }

    private static CommandChannel channel(String... command) {
        Map<String, List<String>> values = new TreeMap<>();
        boolean limited = command[0].equals("timeout");
        if (limited) {
            values.put("timeout", List.of(command[1]));
        }
        values.put("command", List.of(command).subList(limited ? 2 : 0, command.length));
        return (CommandChannel) Channels.of(new ChannelSettings("own", ChannelKind.COMMAND, values), Clock.systemUTC());
    }
}

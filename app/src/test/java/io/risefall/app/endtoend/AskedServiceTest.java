package io.risefall.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.app.driver.LaunchedRisefall;
import io.risefall.app.driver.LaunchedRisefall.Ended;
import io.risefall.app.driver.Programs;
import io.risefall.app.driver.RunningRisefall;
import io.risefall.schemas.suite.RealParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * While a service runs, the launcher has it answer, and starts no Java: where none can be found the answer is there all the same,
 * and where one is made to start it says the same.
 */
@RealParts
class AskedServiceTest {
    private static final String RISEFALL = "./risefall \"$@\"";

    private static final String LOG = """
            2026-11-03T10:00:02+00:00 lb1 haproxy[7]: Server web/srv1 is DOWN, reason: Layer4 connection problem, info: "Connection refused", check duration: 0ms. 1 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.
            2026-11-03T10:05:00+00:00 lb1 haproxy[7]: Server web/srv1 is UP, reason: Layer4 check passed, check duration: 0ms. 2 active and 0 backup servers online. 0 sessions requeued, 0 total in queue.
            """;

    @TempDir
    static Path folder;

    private static Path data;
    private static RunningRisefall running;
    private static LaunchedRisefall launcher;
    private static Map<String, String> withoutJava;
    private static Map<String, String> withItsOwnJava;

    @BeforeAll
    static void start() throws Exception {
        data = folder.resolve("it's \"data\"");
        running = RunningRisefall.start(data, "--zone", "UTC");
        running.must(
                "import", Files.writeString(folder.resolve("haproxy.log"), LOG).toString());
        launcher = new LaunchedRisefall(Files.createDirectory(folder.resolve("launcher")));
        Path programs = Files.createDirectory(folder.resolve("programs"));
        for (String program : List.of("curl", "readlink", "dirname", "sed", "head", "find")) {
            Path script = programs.resolve(program);
            Files.writeString(script, "#!/bin/sh\nexec " + Programs.find(program) + " \"$@\"\n");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        }
        withoutJava = Map.of("PATH", programs.toString(), "JAVA_HOME", "", "RISEFALL_JAVA_OPTS", "");
        withItsOwnJava = Map.of("RISEFALL_JAVA_OPTS", "-Xshare:auto");
    }

    @AfterAll
    static void stop() throws Exception {
        running.close();
    }

    private static Ended ask(Map<String, String> environment, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(1, List.of("--data", data.toString()));
        return launcher.shell(environment, RISEFALL, all.toArray(String[]::new));
    }

    @Test
    void theAnswerIsTheOneOfItsOwnProcess() throws Exception {
        String odd = "select 'a''b\"c\\d $HOME `x` %s \u00e4\u20ac' as \"x;y&z\",\n  -1 + 1 as n -- \u2028";
        List<String[]> commands = List.of(
                new String[] {"query", odd, "--format", "csv"},
                new String[] {"query", "from outages", "--format=json"},
                new String[] {"query", "select $n as n", "--param", "n=1 + 1=2"},
                new String[] {"query", "selct 1"},
                new String[] {"report", "day", "2026-11-03", "--format", "csv", "--zone", "Asia/Tokyo"},
                new String[] {"verify", "web/nobody"});
        for (String[] command : commands) {
            Ended quick = ask(withoutJava, command);
            assertThat(quick).as(String.join(" ", command)).isEqualTo(ask(withItsOwnJava, command));
        }
        assertThat(ask(withoutJava, "query", odd, "--format", "csv").out())
                .contains("a'b\"\"c\\d $HOME `x` %s \u00e4\u20ac");
        assertThat(ask(withoutJava, "query", "selct 1").err()).contains("selct").hasLineCount(1);
        assertThat(ask(withoutJava, "diagnose", "web/srv1").out()).contains("Connection refused");
    }

    @Test
    void whatItIsNotToAnswerNeedsAJava() throws Exception {
        String sql = Files.writeString(folder.resolve("x.sql"), "select 6 * 7 as answer")
                .toString();
        List<String[]> commands = List.of(
                new String[] {"query", "-f", sql},
                new String[] {"query", "select 1", "-o", folder.resolve("out").toString()},
                new String[] {"query", "select 1", "--formt", "csv"},
                new String[] {"query", "@" + sql},
                new String[] {"diagnose", "--haproxy-cfg", sql},
                new String[] {"report", "--config", sql},
                new String[] {"verify", "--wait", "--timeout", "1s"},
                new String[] {"import", sql});
        for (String[] command : commands) {
            Ended ended = ask(withoutJava, command);
            assertThat(ended.err()).as(String.join(" ", command)).contains("needs Java 17 or newer");
            assertThat(ended.out()).isEmpty();
        }
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(ask(withItsOwnJava, "query", "-f", sql, "--format", "csv").out())
                .isEqualTo("answer\n42\n");
    }

    @Test
    void itWritesLikeAnyProgram() throws Exception {
        Path file = Files.writeString(folder.resolve("kept.txt"), "before\n");
        String append = "./risefall query --data \"$1\" 'select 1 as n' --format csv >>\"$2\"";
        assertThat(launcher.shell(withoutJava, append, data.toString(), file.toString())
                        .exitCode())
                .isZero();
        assertThat(file).hasContent("before\nn\n1\n");
        String cutOff = "./risefall query --data \"$1\" 'from range(300000)' --format csv | head -n 1";
        Ended ended = launcher.shell(withoutJava, cutOff, data.toString());
        assertThat(ended.out()).isEqualTo("range\n");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void anotherTimeZoneOfTheEnvironmentIsHeeded() throws Exception {
        Map<String, String> elsewhere = Map.of("TZ", "Asia/Tokyo", "RISEFALL_JAVA_OPTS", "");
        assertThat(ask(elsewhere, "report", "day", "2026-11-03").out()).contains("Asia/Tokyo");
    }

    @Test
    void aServiceThatIsGoneIsNotAsked() throws Exception {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        Files.copy(data.resolve("service.json"), gone.resolve("service.json"));
        replace(gone.resolve("service.json"), "\"token\":\"", "\"token\":\"0");
        Ended ended = launcher.shell(withoutJava, RISEFALL, "query", "--data", gone.toString(), "select 1");
        assertThat(ended.err()).contains("needs Java 17 or newer");
    }

    @Test
    void onlyThisHostIsAsked() throws Exception {
        Path options = Files.createDirectories(folder.resolve("options")).resolve("command");
        Path written = folder.resolve("written");
        Files.writeString(options, "url = \"file:///etc/hostname\"\noutput = \"" + written + "\"\n");
        List<String> urls = List.of(
                "http://localhost:", "http://127.0.0.1@localhost:", "-K" + options.getParent() + "\",\"was\":\"");
        for (String url : urls) {
            Path hostile = Files.createDirectory(folder.resolve("hostile" + urls.indexOf(url)));
            Files.copy(data.resolve("service.json"), hostile.resolve("service.json"));
            replace(hostile.resolve("service.json"), "http://127.0.0.1:", url);
            Ended ended = launcher.shell(withoutJava, RISEFALL, "query", "--data", hostile.toString(), "select 1");
            assertThat(ended.err()).as(url).contains("needs Java 17 or newer");
            assertThat(ended.out()).isEmpty();
        }
        assertThat(written).doesNotExist();
    }

    private static void replace(Path file, String what, String by) throws IOException {
        Files.writeString(file, Files.readString(file).replace(what, by));
    }
}

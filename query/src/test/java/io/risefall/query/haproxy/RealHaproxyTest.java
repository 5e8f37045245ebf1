package io.risefall.query.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.sql.QueryException;
import io.risefall.schemas.suite.Length;
import io.risefall.schemas.suite.RealParts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Random configurations, read here and by a real HAProxy, which then says what it understood. */
@RealParts
@Timeout(300)
class RealHaproxyTest {
    private static final Path HAPROXY = Path.of("/usr/sbin/haproxy");
    private static final int RUNS = Length.of(3, 200);
    private static final List<String> SCRAPS = List.of(
            "a",
            "Z",
            "0",
            " ",
            "\t",
            "'",
            "\"",
            "\\",
            "\\\\",
            "\\'",
            "\\\"",
            "\\#",
            "\\ ",
            "\\x41",
            "\\$",
            "$",
            "$KNOWN",
            "${KNOWN}",
            "#",
            "{",
            "}",
            "-",
            ":",
            ",");
    private static final List<String> PARAMETERS = List.of(
            "check",
            "no-check",
            "ssl verify none",
            "no-ssl",
            "check-ssl verify none",
            "no-check-ssl",
            "port 7",
            "port 8",
            "addr 127.0.0.8",
            "addr [::1]",
            "inter 9s",
            "rise 4",
            "rise 5",
            "fall 6",
            "fall 7",
            "backup",
            "cookie check",
            "id 77",
            "agent-port 99",
            "agent-addr 127.0.0.7",
            "source 127.0.0.1",
            "weight 3",
            "observe layer4",
            "on-error mark-down");

    @TempDir
    Path temp;

    @BeforeEach
    void thereIsOne() {
        Assumptions.assumeTrue(Files.isExecutable(HAPROXY), "no haproxy on this machine: apt-get install haproxy");
    }

    @Test
    void serversAreAsHaproxyUnderstandsThem() throws Exception {
        for (int seed = 0; seed < RUNS; seed++) {
            String text = servers(new Random(seed));
            Path file = Files.writeString(temp.resolve("servers" + seed + ".cfg"), text);
            HaproxyConfig config = HaproxyConfig.read(List.of(file));
            try (Running haproxy = new Running(file)) {
                List<Map<String, String>> states = rows(haproxy.ask("show servers state"), "# ", " ");
                List<Map<String, String>> stats = rows(haproxy.ask("show stat"), "# ", ",");
                assertThat(states).hasSameSizeAs(config.servers());
                for (Map<String, String> state : states) {
                    ConfiguredServer server = config.server(of(state, "be_name"), of(state, "srv_name"))
                            .orElseThrow();
                    Map<String, String> stat = stats.stream()
                            .filter(row ->
                                    of(row, "pxname").equals(server.proxy().name())
                                            && of(row, "svname").equals(server.name()))
                            .findFirst()
                            .orElseThrow();
                    assertThat(understood(server)).as(text + "\n" + server).isEqualTo(said(state, stat));
                }
            }
        }
    }

    /** {@code show servers state} has what the check was told; where it connects to is made of that. */
    private static String said(Map<String, String> state, Map<String, String> stat) {
        String checkPort = of(state, "srv_check_port");
        String checkAddress = of(state, "srv_check_addr");
        boolean checked = !of(stat, "check_fall").isEmpty();
        return String.join(
                " ",
                of(state, "srv_addr"),
                of(state, "srv_port"),
                "tls " + of(state, "srv_use_ssl").replace("-1", "0") /* no-ssl */,
                "check " + (checkAddress.equals("-") ? of(state, "srv_addr") : checkAddress),
                checkPort.equals("0") ? of(state, "srv_port") : checkPort,
                checked ? of(stat, "check_rise") + "/" + of(stat, "check_fall") : "unchecked",
                "backup " + of(stat, "bck"));
    }

    private static String understood(ConfiguredServer server) {
        Address address = Objects.requireNonNull(server.address().value());
        Address check = Objects.requireNonNull(server.endpoint().address().value());
        return String.join(
                " ",
                address.host(),
                String.valueOf(address.port()),
                "tls " + (isOn(server.tls()) ? "1" : "0"),
                "check " + check.host(),
                String.valueOf(server.endpoint().knownPort().orElseThrow()),
                server.isChecked()
                        ? count(server.rise(), ConfiguredServer.USUAL_RISE) + "/"
                                + count(server.fall(), ConfiguredServer.USUAL_FALL)
                        : "unchecked",
                "backup " + (isOn(server.backup()) ? "1" : "0"));
    }

    private static boolean isOn(Configured<Boolean> setting) {
        return setting != null && Boolean.TRUE.equals(setting.value());
    }

    private static int count(Configured<Integer> setting, int usual) {
        return setting == null ? usual : Objects.requireNonNull(setting.value());
    }

    private String servers(Random random) {
        StringBuilder text =
                new StringBuilder("global\n setenv HOST 127.0.0.2\n stats socket " + socket() + " level admin\n");
        String[] bases = {"", " from one"};
        text.append("defaults one\n")
                .append(settings(random))
                .append("defaults two from one\n")
                .append(settings(random));
        for (int proxy = 0; proxy < 6; proxy++) {
            text.append(proxy % 2 == 0 ? "backend b" : "listen b")
                    .append(proxy)
                    .append(bases[random.nextInt(2)])
                    .append('\n');
            if (proxy % 2 == 1) {
                text.append(" bind unix@").append(temp.resolve("l" + proxy)).append('\n');
            }
            for (int server = 0; server < 4; server++) {
                text.append(
                        random.nextBoolean()
                                ? " default-server" + parameters(random).replace(" id 77", "") + "\n"
                                : "");
                String address = List.of(
                                "127.0.0.1:81", "[::1]:82", "\"${HOST}:83\"", "ipv4@127.0.0.3:84", "127.0.0.4:85")
                        .get(random.nextInt(5));
                boolean template = random.nextInt(4) == 0;
                text.append(template ? " server-template t" + server + "- 1-2 " : " server s" + server + " ")
                        .append(address)
                        .append(
                                template
                                        ? parameters(random).replace(" id 77", "")
                                        : parameters(random).replace("id 77", "id " + (70 + server)))
                        .append(random.nextBoolean() ? " # check port 1\n" : "\n");
            }
        }
        return text.toString();
    }

    private static String settings(Random random) {
        return " mode tcp\n timeout connect 1s\n timeout client 1s\n timeout server 1s\n"
                + (random.nextBoolean() ? " default-server" + parameters(random).replace(" id 77", "") + "\n" : "")
                + (random.nextBoolean() ? " option tcp-check\n" : "");
    }

    private static String parameters(Random random) {
        StringBuilder text = new StringBuilder();
        IntStream.range(0, random.nextInt(6))
                .mapToObj(i -> PARAMETERS.get(random.nextInt(PARAMETERS.size())))
                .distinct()
                .forEach(parameter -> text.append(' ').append(parameter));
        return text.toString();
    }

    @Test
    void wordsAreThoseOfHaproxy() throws Exception {
        Random random = new Random(5);
        Place place = new Place("words.cfg", 1);
        Map<String, String> known = Map.of("KNOWN", "it's # known");
        StringBuilder text = new StringBuilder(
                "global\n stats socket " + socket() + " level admin\n setenv KNOWN \"it's # known\"\n");
        Map<String, String> expected = new LinkedHashMap<>();
        int refused = 0;
        for (int i = 0; expected.size() < 300 || refused < 10; i++) {
            StringBuilder scraps = new StringBuilder();
            random.ints(1 + random.nextInt(9), 0, SCRAPS.size()).forEach(scrap -> scraps.append(SCRAPS.get(scrap)));
            String line = " setenv V" + i + " " + scraps;
            List<Word> words;
            try {
                words = WordSplitter.split(place, line, known);
            } catch (QueryException e) {
                if (refused++ < 10) {
                    assertThat(isValid("global\n" + " setenv KNOWN 1\n" + line + "\n"))
                            .as(line)
                            .isFalse();
                }
                continue;
            }
            if (words.size() == 3 && words.get(2).known()) {
                expected.put("V" + i, words.get(2).text());
                text.append(line).append('\n');
            }
        }
        text.append("listen l\n mode tcp\n timeout connect 1s\n timeout client 1s\n timeout server 1s\n bind unix@"
                + temp.resolve("l") + "\n");
        Path file = Files.writeString(temp.resolve("words.cfg"), text);
        try (Running haproxy = new Running(file)) {
            Map<String, String> env = new HashMap<>();
            for (String line : haproxy.ask("show env").split("\n")) {
                int equals = line.indexOf('=');
                env.put(equals < 0 ? line : line.substring(0, equals), line.substring(equals + 1));
            }
            env.keySet().retainAll(expected.keySet());
            assertThat(env).isEqualTo(expected);
        }
    }

    private boolean isValid(String text) throws Exception {
        Path file = Files.writeString(temp.resolve("one.cfg"), text);
        Process process = new ProcessBuilder(HAPROXY.toString(), "-c", "-f", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return !said.contains("[ALERT]");
    }

    private Path socket() {
        return temp.resolve("stats");
    }

    private static String of(Map<String, String> row, String column) {
        return Objects.requireNonNull(row.get(column), column);
    }

    private static List<Map<String, String>> rows(String answer, String head, String separator) {
        List<String> lines = Arrays.stream(answer.split("\n"))
                .filter(line -> !line.isBlank())
                .toList();
        int first = IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).startsWith(head))
                .findFirst()
                .orElseThrow();
        String[] columns = lines.get(first).substring(head.length()).split(separator);
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(first + 1, lines.size())) {
            String[] cells = line.split(separator, -1);
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < columns.length; i++) {
                row.put(columns[i], cells[i]);
            }
            rows.add(row);
        }
        return rows;
    }

    /** A HAProxy that runs with a file. */
    private final class Running implements AutoCloseable {
        private final Process process;

        Running(Path file) throws IOException {
            Files.deleteIfExists(socket());
            Path out = temp.resolve("out");
            process = new ProcessBuilder(HAPROXY.toString(), "-db", "-f", file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            while (process.isAlive() && !answers()) {
                LockSupport.parkNanos(5_000_000);
            }
            assertThat(process.isAlive())
                    .as(Files.readString(out) + Files.readString(file))
                    .isTrue();
        }

        private boolean answers() {
            try {
                return !ask("show info").isEmpty();
            } catch (IOException e) {
                return false;
            }
        }

        String ask(String command) throws IOException {
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
                channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.ISO_8859_1)));
                ByteArrayOutputStream answer = new ByteArrayOutputStream();
                ByteBuffer buffer = ByteBuffer.allocate(16_384);
                while (channel.read(buffer) >= 0) {
                    answer.write(buffer.array(), 0, buffer.position());
                    buffer.clear();
                }
                return answer.toString(StandardCharsets.ISO_8859_1);
            }
        }

        @Override
        public void close() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }
    }
}

package io.risefall.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.app.driver.CommandRunner;
import io.risefall.app.runtime.Snippets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens before anything is started. */
class CommandLineTest {
    @TempDir
    Path temp;

    private final CommandRunner risefall = new CommandRunner();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run",
                "import",
                "query",
                "sql",
                "report",
                "explain",
                "diagnose",
                "verify",
                "budget",
                "whatif",
                "changes",
                "note",
                "silence",
                "alert",
                "alert test",
                "postmortem",
                "doctor",
                "reconcile",
                "mcp",
                "ingest",
                "streams",
                "serve",
                "topics",
                "retention",
                "check-config",
                "topics create",
                "topics check",
                "topics list",
                "alert backtest"
            })
    void helpBeginsWithAnExample(String command) {
        assertThat(risefall.run((command + " --help").strip().split(" "))).isZero();
        assertThat(risefall.out()).startsWith("Example: risefall " + command).doesNotContain("\u001b[");
        assertThat(risefall.err()).isEmpty();
    }

    @Test
    void helpOfIngestSaysWhatToPaste() {
        assertThat(risefall.run("ingest", "--help")).isZero();
        for (String file : new String[] {
            "haproxy-udp.cfg", "haproxy-tcp.cfg", "haproxy-tls.cfg", "haproxy-ring.cfg", "rsyslog-file.conf"
        }) {
            assertThat(risefall.out().lines().map(String::strip))
                    .as(file)
                    .containsSubsequence(
                            Snippets.text(file).lines().map(String::strip).toList());
        }
    }

    @Test
    void saysItsVersion() {
        assertThat(risefall.run("--version")).isZero();
        assertThat(risefall.out()).startsWith("risefall ");
    }

    @Test
    void helpNamesEveryCommand() {
        assertThat(risefall.run()).isZero();
        assertThat(risefall.out())
                .contains(
                        "run",
                        "import",
                        "query",
                        "sql",
                        "report",
                        "explain",
                        "diagnose",
                        "verify",
                        "budget",
                        "whatif",
                        "changes",
                        "note",
                        "silence",
                        "alert",
                        "postmortem",
                        "doctor",
                        "reconcile",
                        "mcp",
                        "ingest",
                        "streams",
                        "serve",
                        "topics",
                        "retention",
                        "user");
    }

    @Test
    void aBadConfigurationOfHaproxyIsNamedWithItsLine() throws IOException {
        Path file = Files.writeString(temp.resolve("haproxy.cfg"), "backend web\n server a 10.0.0.5:80 inter soon\n");
        assertThat(risefall.run("diagnose", "--haproxy-cfg", file.toString())).isEqualTo(1);
        assertThat(risefall.err())
                .contains(file + ":2: inter must be a time, such as 500ms or 2s; to check the file: haproxy -c -f "
                        + file)
                .hasLineCount(1);
        assertThat(risefall.run("diagnose", "--haproxy-cfg", "no.cfg")).isEqualTo(1);
        assertThat(risefall.err()).contains("cannot read HAProxy's configuration no.cfg: no such file; ");
    }

    @Test
    void aRingIsFollowedOnThisHostOnly() {
        misused("run", "--haproxy", "192.0.2.1:9999");
        misused("run", "--haproxy", "127.0.0.1:0");
        assertThat(risefall.run("run", "--haproxy", "/run/none.sock", "--haproxy-ring", "a;b"))
                .isEqualTo(1);
        assertThat(risefall.err()).contains("'a;b' is not a name of HAProxy");
    }

    @Test
    void reconcileTakesOneKindOfCounters() throws IOException {
        misused("reconcile", "stat.csv", "--socket", "/run/haproxy/admin.sock");
        misused("reconcile", "--socket", "192.0.2.1:9999");
        misused("reconcile", "--since", "3d");
        Path file = Files.writeString(temp.resolve("stat.csv"), "<html>");
        assertThat(risefall.run("reconcile", file.toString())).isEqualTo(2);
        assertThat(risefall.err())
                .contains("cannot read the counters of " + file + ": it does not begin with \"# pxname");
        assertThat(risefall.run("reconcile", "--socket", temp.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(risefall.err()).contains("cannot connect to HAProxy's stats socket", "is HAProxy running");
    }

    /** A monitoring system reads the exit code 1 as a warning, 2 as critical, and shows only standard output. */
    @Test
    void verifyThatCannotAnswerIsUnknown() {
        String data = temp.resolve("no-data").toString();
        assertThat(risefall.run("verify", "--data", data)).isEqualTo(3);
        assertThat(risefall.out())
                .startsWith("UNKNOWN - no data in " + data + " yet")
                .hasLineCount(1);
        assertThat(risefall.run("verify", "--fro", "10m")).isEqualTo(3);
        assertThat(risefall.out())
                .isEqualTo("UNKNOWN - unknown option --fro; did you mean --for? (see risefall verify --help)\n");
        assertThat(risefall.run("verify", "a/b/c")).isEqualTo(3);
        assertThat(risefall.out()).startsWith("UNKNOWN - 'a/b/c' is not PROXY or PROXY/SERVER");
        assertThat(risefall.run("verify", "--config", data)).isEqualTo(3);
        assertThat(risefall.out()).startsWith("UNKNOWN - ").contains(data);
        assertThat(risefall.err()).isEmpty();
    }

    @Test
    void namesTheNearestOption() {
        misused("run", "--tial", "x");
        assertThat(risefall.err())
                .isEqualTo("risefall: unknown option --tial; did you mean --tail? (see risefall run --help)\n");
        misused("import", "--zome=UTC", "x");
        assertThat(risefall.err()).contains("unknown option --zome; did you mean --zone?");
        misused("topics", "list", "--bootstrap-server", "x");
        assertThat(risefall.err()).contains("did you mean --bootstrap-servers? (see risefall topics list --help)");
    }

    @Test
    void namesTheNearestCommand() {
        misused("improt", "x");
        assertThat(risefall.err())
                .isEqualTo("risefall: unknown command improt; did you mean import? (see risefall --help)\n");
        misused("topics", "lst");
        assertThat(risefall.err()).contains("unknown command lst; did you mean list?");
        misused("topics");
        assertThat(risefall.err()).contains("create, check or list");
    }

    @Test
    void refusesValuesThatMeanNothing() {
        misused("report", "--data", temp.toString(), "--date", "yesterdy");
        assertThat(risefall.err()).contains("'yesterdy'", "today, yesterday", "(see risefall report --help)");
        misused("report", "--data", temp.toString(), "--date", "2026-02-30");
        assertThat(risefall.err()).contains("'2026-02-30'");
        misused("report", "weak");
        assertThat(risefall.err()).contains("unknown period 'weak': use day, week, month, year or a day");
        misused("report", "month", "2026-11", "--from", "2026-11-03");
        assertThat(risefall.err()).contains("give either 'month' or --from and --to, not both");
        misused("report", "week", "yesterday", "--date", "today");
        assertThat(risefall.err()).contains("give either 'yesterday' or --date today, not both");
        misused("import", "--zone", "Europe/Berlim", "x");
        assertThat(risefall.err()).contains("Europe/Berlim");
        misused("run", "--syslog-udp", "here");
        assertThat(risefall.err()).contains("'here' is not HOST:PORT, such as 127.0.0.1:5514");
        misused("run", "--allow", "10.0.0.0/33");
        assertThat(risefall.err())
                .contains("invalid network '10.0.0.0/33': expected an address or a network, such as 10.0.0.0/8");
        misused("run", "--journal-sync", "often");
        assertThat(risefall.err()).contains("invalid number of seconds 'often' (expected e.g. 1 or 0.2)");
        misused("streams", "--startup", "soon");
        assertThat(risefall.err()).contains("invalid number of seconds 'soon'");
        misused("run", "--allow", "localhost");
        assertThat(risefall.err()).contains("invalid network 'localhost'");
        misused("report", "--role-backend", "pg ro");
        assertThat(risefall.err()).contains("'pg ro' is not a backend name or pattern, such as pg_*");
        misused("query", "--format", "xml", "select 1");
        assertThat(risefall.err()).contains("xml", "csv");
        misused("query", "--format", "parquet", "select 1");
        assertThat(risefall.err())
                .contains("--format parquet needs -o FILE: it is not text (see risefall query --help)");
        misused("query", "--param", "since", "select $since");
        assertThat(risefall.err()).contains("--param", "NAME=VALUE", "since");
    }

    @Test
    void refusesNumbersThatCannotBe() {
        misused("explain");
        misused("explain", "3f2a9c01b77eX");
        assertThat(risefall.err())
                .contains("'3f2a9c01b77eX' is neither an id nor a day", "(see risefall explain --help)");
        misused("explain", "2026-11-23 web/srv1 dwon_ms");
        assertThat(risefall.err()).contains("'dwon_ms' is not a column of server_day; did you mean down_ms?");
        misused("budget", "--slo", "100");
        assertThat(risefall.err())
                .contains("a target of 100 % has no budget", "such as 99.9", "(see risefall budget --help)");
        misused("budget", "--slo", "three nines");
        assertThat(risefall.err()).contains("invalid target 'three nines'");
        misused("budget", "--month", "november");
        assertThat(risefall.err()).contains("invalid month 'november': use YYYY-MM");
        misused("budget", "--month", "2026-11", "--since", "7d");
        assertThat(risefall.err()).contains("either --month or --since");
        misused("budget", "--since", "last week");
        assertThat(risefall.err()).contains("invalid time 'last week': use an age such as 90m, 12h or 7d");
        misused("budget", "web/srv1/x");
        assertThat(risefall.err()).contains("'web/srv1/x' is not PROXY or PROXY/SERVER");
        misused("whatif");
        assertThat(risefall.err()).contains("give --fall N, --rise N or both", "(see risefall whatif --help)");
        misused("whatif", "--fall", "0");
        assertThat(risefall.err()).contains("--fall 0 is not from 1 to 1000");
        misused("whatif", "--rise", "two");
        assertThat(risefall.err()).contains("--rise 'two' is not a number of checks, such as 3");
        misused("whatif", "--fall", "4", "--inter", "often");
        assertThat(risefall.err()).contains("invalid interval 'often': use 500ms, 2s or 1m");
        misused("postmortem", "web/srv1");
        assertThat(risefall.err()).contains("'web/srv1' is not the id of an incident or outage");
        misused("changes", "--since", "tomorrow");
        assertThat(risefall.err()).contains("invalid time 'tomorrow': use an age such as 90m, 12h or 7d");
        misused("note");
        assertThat(risefall.err()).contains("TEXT");
        misused("note", " ");
        assertThat(risefall.err()).contains("a note needs words, such as \"deploy 4.2\"");
        misused("note", "x".repeat(501));
        assertThat(risefall.err()).contains("a note has at most 500 characters, not 501");
        misused("note", "deploy", "--at", "noon");
        assertThat(risefall.err())
                .contains("invalid time 'noon': use an age such as 10m, a time of today such as 14:30");
        misused("note", "deploy", "--proxy", "a/b/c");
        assertThat(risefall.err()).contains("'a/b/c' is not PROXY or PROXY/SERVER");
        assertThat(risefall.run("note", "deploy", "--data", temp.resolve("none").toString()))
                .isEqualTo(1);
        assertThat(risefall.err()).contains("no data in ", " yet; import some");
        misused("alert");
        misused("alert", "backtest", "--since", "soon");
        misused("alert", "backtest", "--hold", "-1s");
        misused("alert", "backtest", "--still-open", "4h,1h");
        misused("silence");
        assertThat(risefall.err()).contains("give one of PROXY[/SERVER], --list and --end ID");
        misused("silence", "web", "--for", "2h");
        assertThat(risefall.err()).contains("a silence needs an end and a reason: --for 2h --why \"new disks\"");
        misused("silence", "web", "--why", "disks");
        misused("silence", "web", "--why", " ", "--for", "2h");
        assertThat(risefall.err()).contains("a silence needs a reason, such as --why \"new disks\"");
        misused("silence", "web", "--why", "disks", "--for", "367d");
        assertThat(risefall.err()).contains("a silence lasts at most 366d");
        misused("silence", "x".repeat(256), "--why", "disks", "--for", "2h");
        assertThat(risefall.err()).contains("the backend of a silence has at most 255 characters, not 256");
        misused("silence", "a/b/c", "--why", "disks", "--for", "2h");
        assertThat(risefall.err()).contains("'a/b/c' is not PROXY or PROXY/SERVER");
        misused("explain", "--format", "html", "3f2a");
        assertThat(risefall.err()).contains("unknown value 'html': use one of text, markdown, json");
    }

    @Test
    void refusesAnUnknownConfigurationKey() throws Exception {
        Path config = config("zone: UTC\n\nbootstrap-server: a:1\n");
        misused("run", "--config", config.toString());
        assertThat(risefall.err())
                .isEqualTo(
                        "risefall: " + config + ":3: unknown key bootstrap-server; did you mean bootstrap-servers?\n");
    }

    @Test
    void saysWhereTheConfigurationIsWrong() throws Exception {
        Path config = config("tag: [haproxy, lb]\nzone: Europe/Berlim\n");
        misused("import", "--config", config.toString(), "x");
        assertThat(risefall.err()).startsWith("risefall: " + config + ":2: ").contains("Europe/Berlim");
        misused("import", "--config", config("zone: [\n").toString(), "x");
        assertThat(risefall.err()).startsWith("risefall: " + config + ":");
        misused("import", "--config", config("just words\n").toString(), "x");
        assertThat(risefall.err()).contains("config.yaml:1: expected lines of the form key: value");
        misused("import", "--config", config("zone: {a: b}\n").toString(), "x");
        assertThat(risefall.err()).contains("config.yaml:1: zone must be a value or a list of values");
        misused("import", "--config", temp.resolve("none.yaml").toString(), "x");
        assertThat(risefall.err()).contains("configuration file not found: " + temp.resolve("none.yaml"));
    }

    @Test
    void saysWhichSourceOfTheConfigurationIsWrong() throws Exception {
        Path config = config("zone: UTC\nsources:\n  - tail: /var/log/haproxy.log\n    zome: UTC\n");
        misused("run", "--config", config.toString());
        assertThat(risefall.err()).isEqualTo("risefall: " + config + ":4: unknown key zome; did you mean zone?\n");
        misused("run", "--config", config("sources:\n  - syslog-udp: here\n").toString());
        assertThat(risefall.err()).contains("config.yaml:2: ", "'here' is not HOST:PORT");
        misused("run", "--config", config("sources:\n  - node: lb1\n").toString());
        assertThat(risefall.err()).contains("config.yaml:2: this source has no location");
        misused("run", "--config", config("sources: /var/log/haproxy.log\n").toString());
        assertThat(risefall.err()).contains("config.yaml:1: sources must be a list");
        misused(
                "run",
                "--config",
                config("sources:\n  - /var/log/haproxy.log\n").toString());
        assertThat(risefall.err()).contains("config.yaml:2: a source must be keys and values");
        misused(
                "run",
                "--config",
                config("sources:\n  - tail: x\n    data: y\n").toString());
        assertThat(risefall.err()).contains("config.yaml:3: data is not an option of a source");
    }

    @Test
    void checkConfigSaysWhatEachSourceMeans() throws Exception {
        Path log = Files.writeString(temp.resolve("haproxy.log"), "");
        Path config = config(
                "zone: UTC\nsources:\n  - tail: " + log
                        + "\n    node: lb1\n  - syslog-udp: 127.0.0.1:5514\n    zone: Europe/Berlin\n    tag: [lb, edge]\n    allow: 10.0.0.0/8\n");
        assertThat(risefall.run("check-config", "--config", config.toString()))
                .as(risefall.err())
                .isZero();
        assertThat(risefall.out())
                .isEqualTo(config + ": no errors\n  file:" + log
                        + " (node lb1, zone UTC for timestamps without one, tag haproxy)\n"
                        + "  udp:127.0.0.1:5514 (syslog over UDP from 10.0.0.0/8; node from each line, zone Europe/Berlin for"
                        + " timestamps without one, tag edge or lb)\n");
        config("sources:\n  - tail: " + temp + "\n");
        assertThat(risefall.run("check-config", "--config", config.toString())).isEqualTo(1);
        assertThat(risefall.out()).contains(temp + " (", "; is a directory");
        misused("check-config");
        assertThat(risefall.err()).contains("no file given; use --config FILE");
    }

    @Test
    void optionsBeatTheConfiguration() throws Exception {
        Path config = config("bootstrap-servers: 127.0.0.1:nonsense\ntail: [a, b]\ndebug: false\n");
        misused("topics", "list", "--config", config.toString());
        assertThat(risefall.err()).contains("127.0.0.1:nonsense");
        misused("topics", "list", "--config", config.toString(), "--bootstrap-servers", "other:word");
        assertThat(risefall.err()).contains("other:word").doesNotContain("nonsense");
    }

    @Test
    void partsWantAKafka() {
        for (String part : new String[] {"ingest", "streams", "serve"}) {
            misused(part, "--data", temp.toString());
            assertThat(risefall.err()).startsWith("risefall: " + part + " needs --bootstrap-servers HOST:PORT; ");
        }
        misused("topics", "list", "--topic-prefix", "a.");
        assertThat(risefall.err()).startsWith("risefall: --topic-prefix also needs --bootstrap-servers HOST:PORT");
        misused("topics", "list", "--topic-prefix", "a b", "--bootstrap-servers", "127.0.0.1:9");
        assertThat(risefall.err()).startsWith("risefall: cannot use --topic-prefix: 'a b' is no prefix of topics");
        String missing = temp.resolve("none.properties").toString();
        misused("topics", "list", "--kafka-config", missing, "--bootstrap-servers", "127.0.0.1:9");
        assertThat(risefall.err()).startsWith("risefall: cannot read " + missing + ": no such file");
    }

    @Test
    void importsOnlyWhatIsThere() {
        Path missing = temp.resolve("missing.log");
        assertThat(risefall.run("import", "--data", temp.resolve("data").toString(), missing.toString()))
                .isEqualTo(1);
        assertThat(risefall.err()).isEqualTo("risefall: cannot read " + missing + ": no such file\n");
    }

    @Test
    void namesTheNearestZone() {
        misused("import", "--zone", "Europe/Berln", "x");
        assertThat(risefall.err())
                .contains("'Europe/Berln' is not a time zone such as Europe/Berlin, UTC or +02:00; did you mean "
                        + "Europe/Berlin?");
        misused("report", "--zone", "Nowhere/AtAllAndFarAway");
        assertThat(risefall.err())
                .contains("'Nowhere/AtAllAndFarAway' is not a time zone")
                .doesNotContain("did you mean");
    }

    @Test
    void aConfigurationFileWithATabOrTheWrongWordNamesThePlace() throws Exception {
        Path tab = config("zone: UTC\nsources:\n\t- tail: /var/log/haproxy.log\n");
        assertThat(risefall.run("check-config", "--config", tab.toString())).isEqualTo(2);
        assertThat(risefall.err())
                .isEqualTo("risefall: " + tab + ":3: tab before - tail; YAML is indented with spaces\n");
        Path word = config("source:\n  - tail: /var/log/haproxy.log\n");
        assertThat(risefall.run("check-config", "--config", word.toString())).isEqualTo(2);
        assertThat(risefall.err()).isEqualTo("risefall: " + word + ":1: unknown key source; did you mean sources?\n");
        Path zone = config("sources:\n  - tail: /var/log/haproxy.log\n    zone: Europe/Pariss\n");
        risefall.run("check-config", "--config", zone.toString());
        assertThat(risefall.err()).startsWith("risefall: " + zone + ":3: ").contains("did you mean Europe/Paris?");
    }

    @Test
    void withoutDataThereIsNothingToAsk() {
        String data = temp.resolve("none").toString();
        assertThat(risefall.run("query", "--data", data, "select 1")).isEqualTo(1);
        assertThat(risefall.err()).startsWith("risefall: no data in " + data).contains("risefall import");
        assertThat(risefall.runWith("select 1", "sql", "--data", data)).isEqualTo(1);
        assertThat(risefall.err()).startsWith("risefall: no data in " + data);
        assertThat(risefall.run("report", "--data", data)).isEqualTo(1);
        assertThat(risefall.err()).startsWith("risefall: no data in " + data);
        assertThat(risefall.run("explain", "--data", data, "3f2a")).isEqualTo(1);
        assertThat(risefall.err()).startsWith("risefall: no data in " + data);
        assertThat(Path.of(data)).doesNotExist();
    }

    private void misused(String... arguments) {
        assertThat(risefall.run(arguments)).as(risefall.err()).isEqualTo(2);
        assertThat(risefall.out()).isEmpty();
        assertThat(risefall.err()).startsWith("risefall: ").hasLineCount(1);
    }

    private Path config(String text) throws Exception {
        return Files.writeString(temp.resolve("config.yaml"), text);
    }
}

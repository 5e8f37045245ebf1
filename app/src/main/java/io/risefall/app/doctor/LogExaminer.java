package io.risefall.app.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.process.CommandException;
import io.risefall.app.serving.QueryClient;
import io.risefall.ingest.network.stats.HaproxyProcess;
import io.risefall.query.haproxy.Configured;
import io.risefall.query.haproxy.ConfiguredProxy;
import io.risefall.query.haproxy.ConfiguredServer;
import io.risefall.query.haproxy.HaproxyConfig;
import io.risefall.query.sql.ResultFormat;
import io.risefall.query.sql.ResultLayout;
import io.risefall.query.sql.SqlText;
import io.risefall.query.text.NameList;
import io.risefall.query.text.Printable;
import java.io.ByteArrayOutputStream;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether HAProxy logs its checks, and whether that arrives here. */
final class LogExaminer {
    private static final String LOG = "log";
    private static final String HOST_NAME = "name of the host";
    private static final String ARRIVES = "log arrives";
    private static final int MOST_NAMES = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String LATEST =
            "select node, max(last_at)::varchar as last_at from nodes group by node order by max(last_at) desc, node";

    private static final String OF_PROCESS =
            "select node, max(last_at)::varchar as last_at from processes where pid = $pid::bigint group by node"
                    + " order by max(last_at) desc, node";

    private LogExaminer() {}

    /** What the configuration says of the log. */
    static List<Examination> configured(HaproxyConfig config) {
        List<ConfiguredProxy> checked = config.servers().stream()
                .filter(ConfiguredServer::isChecked)
                .map(ConfiguredServer::proxy)
                .distinct()
                .toList();
        List<Examination> examinations = new ArrayList<>();
        examinations.add(
                ofAll(
                        "log-health-checks",
                        checked,
                        checked.stream()
                                .filter(proxy -> !isOn(proxy.logsChecks()))
                                .toList(),
                        "option log-health-checks in each backend",
                        "add \"option log-health-checks\" to section defaults, or to these: it tells each failed check, and its reason"));
        examinations.add(
                ofAll(
                        LOG,
                        checked,
                        checked.stream()
                                .filter(proxy -> proxy.logs().stream().noneMatch(target -> target.hasNotices()))
                                .toList(),
                        "each backend logs notices",
                        "add \"log global\" to section defaults, and to global a line such as: log 127.0.0.1:5514 local0 notice"));
        return examinations;
    }

    /** Whether lines name this host as the stats socket does; empty where lines name none, or it cannot be told. */
    static Optional<Examination> hostName(HaproxyConfig config, Optional<HaproxyProcess> process) {
        String sent = config.names().sent();
        String node = process.map(HaproxyProcess::node)
                .filter(name -> !name.isEmpty())
                .orElse(config.names().node());
        if (sent == null || node == null) {
            return Optional.empty();
        }
        String expected = "log-send-hostname and node are one name";
        return Optional.of(
                sent.equals(node)
                        ? Examination.ok(HOST_NAME, sent, expected, "both are " + sent)
                        : Examination.wrong(
                                HOST_NAME,
                                sent,
                                expected,
                                "lines are of " + sent + ", and the stats socket calls the host " + node
                                        + ": with --haproxy its servers have two names",
                                "add to section global: node " + sent));
    }

    private static boolean isOn(@Nullable Configured<Boolean> option) {
        return option != null && Boolean.TRUE.equals(option.value());
    }

    private static Examination ofAll(
            String what, List<ConfiguredProxy> all, List<ConfiguredProxy> without, String expected, String next) {
        String subject = all.size() + " checked backends";
        return without.isEmpty()
                ? Examination.ok(what, subject, expected, "all do")
                : Examination.wrong(
                        what,
                        subject,
                        expected,
                        "not in "
                                + NameList.some(
                                        without.stream()
                                                .map(ConfiguredProxy::name)
                                                .toList(),
                                        MOST_NAMES),
                        next);
    }

    /** What the warehouse has: of the process that runs, where that is known. */
    static Examination arrived(CommonOptions common, ZoneId zone, Optional<HaproxyProcess> process) throws Exception {
        String expected = process.map(one -> "a line of process " + one.pid()).orElse("lines");
        String next = "is risefall run following it? See docs/connect.md, and risefall query \"from ingest\"";
        try (QueryClient client = QueryClient.open(common, zone)) {
            JsonNode rows = rows(
                    client,
                    process.map(one -> new SqlText(OF_PROCESS, Map.of("pid", String.valueOf(one.pid()))))
                            .orElseGet(() -> new SqlText(LATEST, Map.of())));
            if (!rows.isEmpty()) {
                return Examination.ok(ARRIVES, common.data().toString(), expected, lines(rows));
            }
            JsonNode latest = rows(client, new SqlText(LATEST, Map.of()));
            return Examination.wrong(
                    ARRIVES,
                    common.data().toString(),
                    expected,
                    latest.isEmpty() ? "no line" : "none; the last line " + lines(latest),
                    next);
        } catch (CommandException e) {
            String why = String.valueOf(e.getMessage());
            int remedy = why.indexOf("; ");
            return Examination.wrong(
                    ARRIVES,
                    common.data().toString(),
                    expected,
                    remedy < 0 ? why : why.substring(0, remedy),
                    remedy < 0 ? next : why.substring(remedy + 2));
        }
    }

    private static JsonNode rows(QueryClient client, SqlText sql) throws Exception {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        client.query(sql, ResultLayout.of(ResultFormat.JSON), rows);
        return JSON.readTree(rows.toByteArray());
    }

    private static String lines(JsonNode rows) {
        List<String> nodes = new ArrayList<>();
        rows.forEach(row -> nodes.add("of " + Printable.of(row.get("node").asText()) + " at "
                + row.get("last_at").asText()));
        return NameList.some(nodes, MOST_NAMES);
    }
}

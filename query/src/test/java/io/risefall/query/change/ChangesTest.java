package io.risefall.query.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.query.answer.AnswerFormat;
import io.risefall.query.answer.AnswerPage;
import io.risefall.query.subject.ServerTarget;
import io.risefall.query.time.Since;
import io.risefall.query.warehouse.Records;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.Warehouses;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.AddressChange;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.MasterNotice;
import io.risefall.schemas.message.ProxyNotice;
import io.risefall.schemas.message.ServerCounts;
import io.risefall.schemas.message.ServerNotice;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import io.risefall.schemas.note.Note;
import io.risefall.schemas.state.StateInterval;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was done, from lines to words. */
class ChangesTest {
    private static final Path GOLDENS = Path.of("src/test/resources/io/risefall/query/change");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2026-03-02T14:00:00Z");
    private static final ServerName S1 = new ServerName("web", "s1");
    private static final ServerName S2 = new ServerName("web", "s2");
    private static final ServerCounts LEFT = new ServerCounts(1, 0, false, 0L, 0L, 0L);

    /** Anybody's text: it ends no table and no terminal's line. */
    private static final String HOSTILE = "deploy | <b>4.2</b> `x`\n# [a](http://b) \u001b[31m\u202e";

    @TempDir
    static Path folder;

    private static Warehouse warehouse;

    @BeforeAll
    static void fill() throws Exception {
        warehouse = Warehouses.open(folder.resolve("w.duckdb"), BERLIN);
        Records records = new Records("2026-03-02", 0)
                .line("lb1", 100L, "08:00:00", said(S1, Transition.DOWN, null, "maintenance (leaving drain)"))
                .line("lb1", 100L, "08:00:00.5", notice("a", ProxyNotice.What.STOPPING, 0L))
                .line("lb1", 100L, "08:00:01", notice("a", ProxyNotice.What.STOPPED, 0L, 1L))
                .line("lb1", 100L, "08:00:01", notice("b", ProxyNotice.What.STOPPED, 0L, 1L))
                .line("lb1", 101L, "08:00:02", said(S1, Transition.UP, null, null))
                .line("lb1", 102L, "08:30:00", notice("web", ProxyNotice.What.STARTED))
                .line("lb1", 1L, "08:40:00", master(MasterNotice.What.RELOADING, "Reloading HAProxy", null))
                .line("lb1", 1L, "08:40:00.1", master(MasterNotice.What.FORKED, "New worker ({worker}) forked", 103L))
                .line("lb1", 103L, "08:40:03", said(S1, Transition.UP, ServerSwitch.SERVER_STATE, null))
                .line("lb1", 103L, "09:00:00", said(S1, Transition.MAINTENANCE, null, null))
                .line("lb1", 103L, "09:05:00", said(S1, Transition.LEAVES_FORCED_MAINTENANCE, null, null))
                .line("lb1", 103L, "09:06:00", said(S1, Transition.DRAIN, null, null))
                .line("lb1", 103L, "09:07:00", said(S1, Transition.LEAVES_FORCED_DRAIN, null, null))
                .line("lb1", 103L, "09:08:00", said(S2, Transition.DOWN, "CLI", null))
                .line("lb2", 9L, "09:09:00", said(S1, Transition.STOPPING, null, null))
                .line("lb1", 103L, "09:10:00", new AddressChange(S2, "IP", "10.0.0.1", "10.0.0.2", "DNS cache", null))
                .line(
                        "lb1",
                        103L,
                        "09:11:00",
                        new AddressChange(
                                S2, "IP", "10.0.0.2", "10.0.0.3", "stats socket command", AddressChange.COLON))
                .line("lb1", 103L, "09:12:00", new ServerNotice(S2, false, ServerNotice.What.RENAMED, "web2", null))
                .put(new StateInterval(
                        "lb1", S2, false, Health.DRAIN, Instant.parse("2026-03-02T09:13:00Z"), null, "weight 0", 103L))
                .note(new Note(Instant.parse("2026-03-02T09:20:00Z"), HOSTILE, null, "web", null, NOW))
                .note(new Note(Instant.parse("2026-03-02T09:20:00Z"), HOSTILE, null, "web", null, NOW.plusSeconds(1)))
                .note(new Note(Instant.parse("2026-03-02T09:21:00Z"), "failover", "lb2", null, null, NOW))
                .note(new Note(Instant.parse("2026-03-02T09:22:00Z"), "new network", null, null, null, NOW))
                .state("lb2", "web/s1", Health.UP, "08:00:00", null)
                .readUntil("13:00:00");
        warehouse.write(records.batch());
    }

    @AfterAll
    static void close() {
        warehouse.close();
    }

    @Test
    void everythingThatWasDoneIsThereOnce() throws Exception {
        assertThat(Warehouses.table(
                        warehouse,
                        "select strftime(\"at\", '%H:%M:%S'), node, kind, subject, what, position from changes"
                                + " order by \"at\", kind"))
                .containsExactly(
                        "08:00:00, lb1, stop, process 100, stopped 2 proxies, 1",
                        "08:00:02, lb1, reload, process 101, was first heard of, after process 100, 4",
                        "08:30:00, lb1, start, process 102, started proxy web, 5",
                        "08:40:00, lb1, reload, master process 1, Reloading HAProxy, 6",
                        "08:40:00, lb1, start, master process 1, New worker (103) forked, 7",
                        "08:40:03, lb1, server-state, web/s1, is UP, changed from server-state after a reload, 8",
                        "09:00:00, lb1, maintenance, web/s1, is going DOWN for maintenance, 9",
                        "09:05:00, lb1, maintenance-end, web/s1, is UP (leaving maintenance), 10",
                        "09:06:00, lb1, drain, web/s1, enters drain state, 11",
                        "09:07:00, lb1, drain-end, web/s1, is UP (leaving forced drain), 12",
                        "09:08:00, lb1, forced, web/s2, is DOWN, changed from CLI, 13",
                        "09:09:00, lb2, drain, web/s1, is stopping, 14",
                        "09:10:00, lb1, address, web/s2, changed its IP from 10.0.0.1 to 10.0.0.2 by DNS cache, 15",
                        "09:11:00, lb1, address, web/s2, IP changed from '10.0.0.2' to '10.0.0.3' by 'stats socket command', 16",
                        "09:12:00, lb1, name, web/s2, renamed from 'web2', 17",
                        "09:13:00, lb1, weight, web/s2, has weight 0, as its checks report DRAIN, null",
                        "09:20:00, null, note, web, " + HOSTILE + ", null",
                        "09:21:00, lb2, note, lb2, failover, null",
                        "09:22:00, null, note, null, new network, null");
    }

    @ParameterizedTest
    @EnumSource(AnswerFormat.class)
    void isPrinted(AnswerFormat format) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.write(answer("7d", "web/s2", null), out);
        String printed = out.toString(StandardCharsets.UTF_8);
        Path golden = GOLDENS.resolve("week." + format.name().toLowerCase(Locale.ROOT));
        if ("accept".equals(System.getProperty("risefall.goldens"))) {
            Files.createDirectories(GOLDENS);
            Files.writeString(golden, printed);
        }
        assertThat(printed).as(golden.toString()).isEqualTo(Files.readString(golden));
    }

    @Test
    void isToldOfSomeServersAndFromSomeTimeOn() throws Exception {
        assertThat(answer("7d", null, null).sentence())
                .startsWith("19 changes in the last 7d: 3 note, 2 address, 2 drain, 2 reload, 2 start, 1 drain end,");
        assertThat(answer("7d", null, "lb2").sentence())
                .isEqualTo("4 changes to all servers on lb2 in the last 7d: 3 note, 1 drain.");
        assertThat(answer("30m", "web", null).sentence())
                .isEqualTo("Nothing was done to web in the last 30m, as far as the log shows.");
        assertThat(answer("2026-03-02", "web/s1", "lb2").rows()).hasSize(5);
        assertThatThrownBy(() -> answer("7d", "wbe", null)).hasMessageContaining("did you mean web?");
    }

    private static AnswerPage answer(String since, @Nullable String servers, @Nullable String node) throws Exception {
        try (Connection views = warehouse.read()) {
            return Changes.of(
                    views,
                    new ChangesRequest(Since.of(since, BERLIN, NOW), NOW, ServerTarget.parse(servers, node), BERLIN));
        }
    }

    private static ServerSwitch said(
            ServerName server, Transition transition, @Nullable String changedFrom, @Nullable String info) {
        CheckReason reason = info == null ? null : new CheckReason(CheckStatus.L7STS, 500, info, 1L);
        Boolean up = transition == Transition.LEAVES_FORCED_MAINTENANCE || transition == Transition.LEAVES_FORCED_DRAIN
                ? true
                : null;
        return new ServerSwitch(
                server, false, transition, up, null, changedFrom, null, reason, null, null, LEFT, false, null);
    }

    private static ProxyNotice notice(String proxy, ProxyNotice.What what, Long... numbers) {
        String kind = what == ProxyNotice.What.STOPPING ? "backend" : null;
        return new ProxyNotice(proxy, what, kind, List.of(numbers), null);
    }

    private static MasterNotice master(MasterNotice.What what, String wording, @Nullable Long worker) {
        return new MasterNotice(what, wording, worker, null, null, null, null, null);
    }
}

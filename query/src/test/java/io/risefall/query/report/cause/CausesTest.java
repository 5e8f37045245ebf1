package io.risefall.query.report.cause;

import static io.risefall.query.report.cause.Cause.*;
import static io.risefall.query.report.cause.Diagnosis.Confidence.*;
import static io.risefall.schemas.message.CheckStatus.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.report.cause.Diagnosis.Confidence;
import io.risefall.query.report.cause.Diagnosis.Step;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.CheckStatus;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CausesTest {
    private static final ServerName WEB1 = new ServerName("be_web", "web1");

    static Stream<Arguments> rules() {
        return Stream.of(
                rule(
                        "refused, was up",
                        SERVER_NOT_RUNNING,
                        LIKELY,
                        facts(L4CON, null, "Connection refused").wasUp()),
                rule(
                        "refused, 3.x words",
                        SERVER_NOT_RUNNING,
                        LIKELY,
                        facts(L4CON, null, "ECONNREFUSED returned by OS (Connection refused)")
                                .wasUp()),
                rule(
                        "refused, never up, alone",
                        SERVER_NOT_RUNNING,
                        POSSIBLE,
                        facts(L4CON, null, "Connection refused")),
                rule(
                        "refused everywhere, never up",
                        WRONG_CHECK_PORT,
                        LIKELY,
                        facts(L4CON, null, "Connection refused").backend(3, 3, 3)),
                rule(
                        "refused everywhere, one was up",
                        SERVER_NOT_RUNNING,
                        LIKELY,
                        facts(L4CON, null, "Connection refused")
                                .backend(3, 3, 2)
                                .wasUp()),
                rule(
                        "refused for one of two nodes",
                        NETWORK,
                        POSSIBLE,
                        facts(L4CON, null, "Connection refused").wasUp().nodes(2, 1)),
                rule("no route", NETWORK, LIKELY, facts(L4CON, null, "No route to host")),
                rule("unreachable", NETWORK, LIKELY, facts(L4CON, null, "Network is unreachable")),
                rule(
                        "connection problem without words",
                        CANNOT_TELL,
                        NONE,
                        facts(L4CON, null, null).wasUp()),
                rule("connect timeout", NETWORK, LIKELY, facts(L4TOUT, null, null)),
                rule("wrong status", HEALTH_URI_FAILING, CERTAIN, facts(L7STS, 503, "Service Unavailable")),
                rule("wrong status, own words", HEALTH_URI_FAILING, CERTAIN, facts(L7STS, 500, "Oh no")),
                rule("error of Redis", SERVICE_REFUSES, LIKELY, facts(L7STS, 0, "-ERR max number of clients reached")),
                rule("error of MySQL", SERVICE_REFUSES, LIKELY, facts(L7STS, 1129, "Host '10.0.0.1' is blocked")),
                rule(
                        "error of LDAP",
                        SERVICE_REFUSES,
                        LIKELY,
                        facts(L7STS, 51, "See RFC: http://tools.ietf.org/html/rfc4511")),
                rule("error of PostgreSQL", SERVICE_REFUSES, LIKELY, facts(L7STS, null, "PgSQL unknown error")),
                rule("error of SMTP", SERVICE_REFUSES, LIKELY, facts(L7STS, 554, "No SMTP service here")),
                rule(
                        "error of SMTP with enhanced code",
                        SERVICE_REFUSES,
                        LIKELY,
                        facts(L7STS, 421, "4.3.2 shutting down")),
                rule("HTTP content", OTHER_ANSWER, LIKELY, facts(L7RSP, null, "HTTP content check did not match")),
                rule("HTTP unwanted", OTHER_ANSWER, LIKELY, facts(L7RSP, null, "HTTP check matched unwanted content")),
                rule(
                        "role by content",
                        OTHER_ANSWER,
                        LIKELY,
                        facts(L7RSP, null, "TCPCHK did not match content 'primary' at step 10")),
                rule(
                        "role awaited",
                        OTHER_ANSWER,
                        POSSIBLE,
                        facts(L7TOUT, null, " at step 6 of tcp-check (expect string 'role:master')")),
                rule(
                        "sent or connecting, and silent",
                        TIMEOUT_TOO_SHORT,
                        POSSIBLE,
                        facts(L7TOUT, null, "at step 2 of tcp-check (send)")),
                rule(
                        "slow or silent",
                        TIMEOUT_TOO_SHORT,
                        POSSIBLE,
                        facts(L7TOUT, null, null).timing(2001L, null)),
                rule(
                        "slow passes before",
                        TIMEOUT_TOO_SHORT,
                        LIKELY,
                        facts(L7TOUT, null, null).timing(2001L, 1800L)),
                rule(
                        "quick passes before",
                        TIMEOUT_TOO_SHORT,
                        POSSIBLE,
                        facts(L7TOUT, null, null).timing(2001L, 3L)),
                rule("handshake", TLS, LIKELY, facts(L6RSP, null, "SSL handshake failure")),
                rule("handshake timeout", TLS, POSSIBLE, facts(L6TOUT, null, null)),
                rule("garbage", PROTOCOL_MIX_UP, POSSIBLE, facts(L7RSP, null, null)),
                rule("socket error", CANNOT_TELL, NONE, facts(SOCKERR, null, null)),
                rule("observe", TRAFFIC_FAILS, CERTAIN, facts(HANA, null, "Detected 10 consecutive errors")),
                rule("external check", EXTERNAL_CHECK, LIKELY, facts(PROCERR, 7, "External check error")),
                rule(
                        "agent",
                        AGENT_SAYS_DOWN,
                        CERTAIN,
                        facts(L7STS, 0, "via agent : down (disk full)").agent()),
                rule("tracked", FOLLOWS, CERTAIN, facts(null, null, null).via("be_db/db1")),
                rule("by hand", OPERATOR, CERTAIN, facts(null, null, null).changedFrom("CLI")),
                rule("no reason", CANNOT_TELL, NONE, facts(null, null, null).wasUp()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void factsNameTheirCause(String name, Cause cause, Confidence confidence, CauseInputs facts) {
        Diagnosis diagnosis = Causes.of(facts);

        assertThat(diagnosis.cause()).isEqualTo(cause);
        assertThat(diagnosis.confidence()).isEqualTo(confidence);
        assertThat(diagnosis.why()).isNotBlank().endsWith(".");
        assertThat(diagnosis.next()).isNotEmpty();
    }

    @Test
    void aCheckThatAsksForARoleNamesTheOption() {
        assertThat(Causes.of(facts(L7RSP, null, "TCPCHK did not match content 'primary' at step 10")
                                .build())
                        .why())
                .contains("--role-backend");
        assertThat(Causes.of(facts(L7RSP, null, "HTTP content check did not match")
                                .build())
                        .why())
                .doesNotContain("role");
    }

    @ParameterizedTest
    @EnumSource(CheckStatus.class)
    void everyReasonHasAnAnswer(CheckStatus reason) {
        assertThat(Causes.of(facts(reason, null, null).build()).next()).isNotEmpty();
    }

    @Test
    void commandsCarryTheRealNames() {
        assertThat(commands(Causes.of(
                        facts(L4CON, null, "Connection refused").wasUp().build())))
                .contains("echo \"show servers state be_web\" | socat stdio /run/haproxy/admin.sock")
                .anyMatch(command -> command.contains("$4 == \"web1\""))
                .contains("nc -zv -w 3 $A $P");
        assertThat(commands(Causes.ofMaintenance(WEB1, "maintenance")))
                .contains("echo \"enable server be_web/web1\" | socat stdio /run/haproxy/admin.sock");
    }

    @Test
    void commandsNameTheSocketThatIsFollowed() {
        for (String[] socket : new String[][] {
            {"/run/lb2.sock", "/run/lb2.sock"},
            {"127.0.0.1:9999", "TCP:127.0.0.1:9999"},
            {"/run/$(reboot).sock", "/run/haproxy/admin.sock"},
            {"relative", "/run/haproxy/admin.sock"}
        }) {
            assertThat(commands(Causes.of(facts(L4CON, null, "Connection refused")
                            .socket(socket[0])
                            .build())))
                    .filteredOn(command -> command.contains("socat"))
                    .hasSize(2)
                    .allMatch(command -> command.contains("| socat stdio " + socket[1]));
        }
    }

    @Test
    void aNameThatIsNoneOfHaproxysGetsIntoNoCommand() {
        ServerName evil = new ServerName("be$(reboot)", "web\"; reboot; \"");
        List<String> commands = Stream.of(CheckStatus.values())
                .flatMap(reason -> commands(
                        Causes.of(facts(reason, null, "$(reboot)").server(evil).build()))
                        .stream())
                .toList();

        assertThat(commands).isNotEmpty().noneMatch(command -> command.contains("reboot"));
        assertThat(commands(Causes.ofMaintenance(evil, "x"))).noneMatch(command -> command.contains("reboot"));
    }

    @Test
    void maintenanceWantedByDnsIsNotAnOperators() {
        assertThat(Causes.ofMaintenance(WEB1, "DNS NX status").cause()).isEqualTo(DNS);
        assertThat(Causes.ofMaintenance(WEB1, "'disable' on stats page").cause())
                .isEqualTo(MAINTENANCE);
    }

    private static List<String> commands(Diagnosis diagnosis) {
        return diagnosis.next().stream()
                .map(Step::command)
                .filter(Objects::nonNull)
                .toList();
    }

    private static Arguments rule(String name, Cause cause, Confidence confidence, Builder facts) {
        return Arguments.of(name, cause, confidence, facts.build());
    }

    private static Builder facts(@Nullable CheckStatus reason, @Nullable Integer code, @Nullable String info) {
        return new Builder(reason, code, info);
    }

    private static final class Builder {
        private final @Nullable CheckStatus reason;
        private final @Nullable Integer code;
        private final @Nullable String info;
        private ServerName server = WEB1;
        private @Nullable String via;
        private boolean agent;
        private @Nullable String changedFrom;
        private boolean wasUp;
        private int[] backend = {1, 1, 0};
        private int[] nodes = {1, 1};
        private @Nullable Long failedMs;
        private @Nullable Long passedMs;
        private @Nullable String socket;

        Builder(@Nullable CheckStatus reason, @Nullable Integer code, @Nullable String info) {
            this.reason = reason;
            this.code = code;
            this.info = info;
        }

        Builder server(ServerName name) {
            server = name;
            return this;
        }

        Builder socket(String address) {
            socket = address;
            return this;
        }

        Builder via(String other) {
            via = other;
            return this;
        }

        Builder agent() {
            agent = true;
            return this;
        }

        Builder changedFrom(String who) {
            changedFrom = who;
            return this;
        }

        Builder wasUp() {
            wasUp = true;
            return this;
        }

        Builder backend(int servers, int alike, int neverUp) {
            backend = new int[] {servers, alike, neverUp};
            return this;
        }

        Builder nodes(int all, int down) {
            nodes = new int[] {all, down};
            return this;
        }

        Builder timing(@Nullable Long failed, @Nullable Long passed) {
            failedMs = failed;
            passedMs = passed;
            return this;
        }

        CauseInputs build() {
            return new CauseInputs(
                    server,
                    reason,
                    code,
                    info,
                    via,
                    agent,
                    changedFrom,
                    wasUp,
                    backend[0],
                    backend[1],
                    backend[2],
                    nodes[0],
                    nodes[1],
                    failedMs,
                    passedMs,
                    null,
                    socket);
        }
    }
}

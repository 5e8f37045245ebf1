package io.risefall.query.diagnose.configured;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.diagnose.ConfigAdvice;
import io.risefall.query.diagnose.DiagnosisAnswer;
import io.risefall.query.diagnose.DiagnosisFormat;
import io.risefall.query.diagnose.OutageDiagnosis;
import io.risefall.query.haproxy.HaproxyConfig;
import io.risefall.query.report.cause.Cause;
import io.risefall.query.report.cause.Diagnosis.Step;
import io.risefall.query.subject.ServerTarget;
import io.risefall.query.text.PrettyJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a configuration adds to an answer. */
class ConfiguredDiagnosisTest {
    @TempDir
    Path temp;

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ## ",
            quoteCharacter = '`',
            value = {
                "10.0.0.5:80 check ## SERVER_NOT_RUNNING ## nc -zv -w 3 10.0.0.5 80",
                "10.0.0.5:80 check port 81 ## SERVER_NOT_RUNNING ## ss -ltnp | grep \":81 \"",
                "10.0.0.5:80 check addr 10.0.0.6 ## NETWORK ## tracepath -n 10.0.0.6",
                "[2001:db8::1]:80 check ## HEALTH_URI_FAILING ## curl -v --max-time 5 --header 'Host: www.example.org'"
                        + " --header \"Authorization: $AUTHORIZATION\" 'http://[2001:db8::1]:80/health?full=1&token=...'",
                "10.0.0.5:443 check ssl check-sni www.example.org ## TLS ## openssl s_client -connect 10.0.0.5:443"
                        + " -servername www.example.org </dev/null | openssl x509 -noout -subject -issuer -dates",
                "unix@/run/app.sock check ## SERVER_NOT_RUNNING ## nc -zvU /run/app.sock",
                "10.0.0.5:80 check port 81 ## TRAFFIC_FAILS ## curl -v --max-time 5 http://10.0.0.5:80/",
                "10.0.0.5:80 check port 81 ## PROTOCOL_MIX_UP ## curl -v --max-time 5 http://10.0.0.5:81/",
                "10.0.0.5:80 check agent-check agent-port 9999 ## AGENT_SAYS_DOWN ## nc -w 3 10.0.0.5 9999 </dev/null",
                "10.0.0.5 check ## SERVER_NOT_RUNNING ## nc -zv -w 3 10.0.0.5 $P",
                "\"$WEB\" check ## SERVER_NOT_RUNNING ## nc -zv -w 3 $A $P",
                "'a b;c:80' check ## SERVER_NOT_RUNNING ## nc -zv -w 3 'a b;c' 80",
            })
    void commandsHaveRealAddresses(String server, Cause cause, String expected) throws IOException {
        DiagnosisAnswer answer = answer(outage(cause, "L4CON", null), """
                backend web
                    option httpchk GET /health?full=1&token=abc
                    http-check send hdr Host www.example.org hdr Authorization "Basic c2VjcmV0"
                    server a %s
                """.formatted(server));
        assertThat(answer.outages().get(0).next()).extracting(Step::command).contains(expected);
        boolean asks = expected.contains("$P");
        assertThat(answer.outages().get(0).next())
                .extracting(Step::what)
                .filteredOn(what -> what.contains("Get it from HAProxy"))
                .hasSize(asks ? 1 : 0);
    }

    @Test
    void whatMayBeSecretIsNeverPrinted() throws IOException {
        String text = """
                global
                    stats socket /run/s user 5ecret level admin
                userlist admins
                    user admin password 5ecret
                    user other insecure-password 5ecret
                backend web
                    option log-health-checks
                    option httpchk GET "/h?api_key=5ecret&x=5ecret5ecret5ecret" HTTP/1.1
                    http-check send hdr Authorization "Bearer 5ecret" hdr X-Anything 5ecret hdr Cookie 5ecret body 5ecret
                    http-check expect string 5ecret
                    option mysql-check user 5ecret
                    option httpchk GET "//u:5ecret@h/h?api_key=5ecret&x=5ecret5ecret5ecret" HTTP/1.1
                    stats auth admin:5ecret
                    server a 10.0.0.5:80 check agent-send 5ecret agent-check crt 5ecret.pem
                """;
        for (Cause cause : Cause.values()) {
            for (DiagnosisFormat format : DiagnosisFormat.values()) {
                StringBuilder out = new StringBuilder();
                format.render(answer(outage(cause, "L7TOUT", 900L), text), out);
                assertThat(out).contains("10.0.0.5").doesNotContain("5ecret");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "L7TOUT | 1300 | it ran into the limit.",
                "L7TOUT | 901 | it ran into the limit.",
                "L7TOUT | 300 | it timed out before that, so HAProxy ran with another configuration then.",
                "L7TOUT | 5000 | longer than that, so HAProxy ran with another configuration then, or was itself late.",
                "L4TOUT | 501 | it ran into the limit.",
                "L4TOUT | 1200 | longer than that step may take",
                "L4CON | 2 | it failed by itself, not by the limit.",
            })
    void aDurationIsComparedWithTheLimit(String reason, long millis, String expected) throws IOException {
        DiagnosisAnswer answer = answer(outage(Cause.NETWORK, reason, millis), """
                defaults
                    timeout connect 5s
                    timeout check 900ms
                backend web
                    server a 10.0.0.5:80 check inter 500ms
                """);
        assertThat(answer.outages().get(0).configured().get(1))
                .startsWith("A check may take 1.400 s: inter 500 ms (" + file()
                        + ":5) to connect, then timeout check 900 ms (" + file() + ":3). The one that failed took ")
                .contains(expected);
    }

    @Test
    void withoutATimeoutInterIsTheWholeLimit() throws IOException {
        DiagnosisAnswer answer =
                answer(outage(Cause.NETWORK, "L7TOUT", 2001L), "backend web\n server a 10.0.0.5:80 check\n");
        assertThat(answer.outages().get(0).configured())
                .containsExactly(
                        file() + ":2: checked at 10.0.0.5:80, every 2 s; DOWN after 3 failed, UP after 2 passed.",
                        "A check may take 2 s: inter 2 s (HAProxy's default), as there is no timeout check."
                                + " The one that failed took 2.001 s: it ran into the limit.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "agent-check agent-port 9999 | HAProxy does not check it itself, and asks its agent only.",
                "backup | it is not checked.",
                "track web/b | it tracks web/b, and is not checked itself.",
            })
    void aServerWithoutChecksHasNoLimit(String words, String expected) throws IOException {
        DiagnosisAnswer answer = answer(
                outage(Cause.AGENT_SAYS_DOWN, "L7STS", 0L), "backend web\n server a 10.0.0.5:80 " + words + "\n");
        assertThat(answer.outages().get(0).configured()).containsExactly(file() + ":2: " + expected);
    }

    @Test
    void adviceHasItsLineAndWhatToPaste() throws IOException {
        DiagnosisAnswer answer = answer(outage(Cause.NETWORK, "L4CON", 1L), """
                global
                    log 192.0.2.1:514 local0
                    log /dev/log local1 warning
                defaults
                    log global
                    timeout check 3s
                backend web
                    default-server fall 1
                    server a 10.0.0.5:80 check
                """);
        assertThat(answer.advice())
                .extracting(advice -> String.join(" ", advice.places()).replace(file(), "f") + " <- "
                        + String.join(
                                "/", advice.paste().stream().map(String::strip).toList()))
                .containsExactly(
                        "f:7 <- option log-health-checks",
                        "f:9 <- default-server inter 3000ms",
                        "f:8 <- default-server fall 3",
                        "f:2 f:3 <- log 192.0.2.1:514 local0",
                        "f:3 <- log /dev/log local1 notice",
                        "f:2 <- ring risefall/format rfc5424/maxlen 8192/size 1048576/timeout connect 5s/timeout server 10s/"
                                + "server risefall 192.0.2.1:514 log-proto octet-count/# and in place of the line:/"
                                + "log ring@risefall local0",
                        "f:1 <- log-send-hostname");
    }

    @Test
    void aGoodConfigurationGetsNone() throws IOException {
        DiagnosisAnswer answer = answer(outage(Cause.NETWORK, "L4CON", 1L), """
                global
                    log ring@risefall local0
                    log-send-hostname
                ring risefall
                    server risefall 192.0.2.1:514 log-proto octet-count
                defaults
                    log global
                    option log-health-checks
                    timeout check 2s
                backend web
                    server a 10.0.0.5:80 check inter 2s fall 3
                """);
        assertThat(answer.advice()).extracting(ConfigAdvice::why).isEmpty();
    }

    @Test
    void serversOfTheLogAndOfTheConfigurationAreCompared() throws IOException {
        DiagnosisAnswer answer = answer(
                outage(Cause.NETWORK, "L4CON", 1L),
                "backend web\n server b 10.0.0.5:80 check\n server unchecked 10.0.0.5:80\n");
        assertThat(answer.configuration())
                .containsExactly(
                        "In the log and not in the configuration: web/a.",
                        "In the configuration and not in the log: web/b.");
        assertThat(answer.outages().get(0).configured())
                .containsExactly("It is not in the configuration, or not for certain.");
        StringBuilder text = new StringBuilder();
        DiagnosisFormat.TEXT.render(answer, text);
        assertThat(text)
                .contains(
                        "configured    It is not in", "compared      In the log and not in the configuration: web/a.");
    }

    /** It is read from the service's JSON. */
    private DiagnosisAnswer answer(OutageDiagnosis outage, String text) throws IOException {
        DiagnosisAnswer asked = new DiagnosisAnswer(
                DiagnosisAnswer.FORMAT,
                "all servers",
                "web/a is down.",
                "UTC",
                List.of(outage),
                0,
                List.of("web/a"),
                List.of(),
                List.of());
        DiagnosisAnswer read =
                PrettyJson.read(PrettyJson.of(asked).getBytes(StandardCharsets.UTF_8), DiagnosisAnswer.class);
        assertThat(read).isEqualTo(asked);
        HaproxyConfig config = HaproxyConfig.read(List.of(Files.writeString(temp.resolve("haproxy.cfg"), text)));
        return new ConfiguredDiagnosis(config).of(read, ServerTarget.ALL);
    }

    private String file() {
        return Objects.requireNonNull(temp).resolve("haproxy.cfg").toString();
    }

    private static OutageDiagnosis outage(Cause cause, String reason, @Nullable Long failedMillis) {
        return new OutageDiagnosis(
                "3f2a9c01b77e",
                "lb1",
                "web",
                "a",
                Instant.parse("2026-11-23T10:00:00Z"),
                null,
                1000,
                reason,
                null,
                null,
                cause.words(),
                "likely",
                "Because.",
                List.of(),
                List.of(),
                "Something.",
                List.of(),
                List.of(),
                failedMillis,
                null,
                List.of());
    }
}

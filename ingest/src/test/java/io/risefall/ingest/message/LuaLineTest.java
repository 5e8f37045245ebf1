package io.risefall.ingest.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.message.HealthLineParser.NotHealth;
import io.risefall.ingest.message.HealthLineParser.Parsed;
import io.risefall.ingest.message.HealthLineParser.Rejected;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the script for HAProxy tells, as it was recorded of HAProxy 3.0. */
class LuaLineTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "event":"state","proxy":"web","server":"s1","backup":false,"status":"DOWN","address":"10.0.0.1:80","check":"L7STS","code":503,"ms":2 | observed: web/s1 is DOWN, reason: Layer7 wrong status, code: 503, check duration: 2ms, address: 10.0.0.1:80
            "event":"state","proxy":"web","server":"s1","backup":true,"status":"UP","address":"[::1]:80","check":"L4OK","ms":0 | observed: web/s1 is UP, address: [::1]:80
            "event":"admin","proxy":"web","server":"s1","status":"MAINT" | observed: web/s1 is MAINT
            "event":"admin","proxy":"web","server":"s1","status":"MAINT (via a/b)" | observed: web/s1 is MAINT (via a/b)
            "event":"check","proxy":"web","server":"s1","status":"UP 2/3","agent":false,"check":"L4CON","ms":0,"health":2,"of":3 | observed: web/s1 is UP 2/3 (check), reason: Layer4 connection problem, check duration: 0ms
            "event":"check","proxy":"web","server":"s1","status":"UP","agent":true,"check":"L7OK","code":0,"ms":0,"health":1,"of":1 | observed: web/s1 is UP 1/1 (agent check), reason: Layer7 check passed, code: 0, check duration: 0ms
            "event":"added","proxy":"web","server":"s1","status":"MAINT","address":"10.0.0.1:80" | observed: web/s1 is MAINT (added), address: 10.0.0.1:80
            "event":"removed","proxy":"web","server":"s1" | observed: web/s1 is MAINT (removed)
            "event":"later","proxy":"web","server":"s1","status":"UP","more":[1] | observed: web/s1 is UP
            "event":"state","proxy":"web","server":"s1","status":"UP","address":"unix" | observed: web/s1 is UP
            """)
    void itIsWhatTheStatsSocketWouldHaveTold(String json, String words) {
        assertThat(HealthLineParser.parse("risefall {" + json + "}"))
                .isInstanceOfSatisfying(
                        Parsed.class,
                        parsed -> assertThat(parsed.message().text()).isEqualTo(words));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event\":\"state\",\"proxy\":\"web\",\"server\":\"s1\",\"status\":\"UP",
                "{\"event\":\"state\",\"proxy\":\"web\",\"server\":\"s1\",\"status\":\"UP\"} and more",
                "{\"event\":\"state\",\"proxy\":\"web\",\"server\":\"s1\"}",
                "{\"event\":\"state\",\"proxy\":\"web\",\"status\":\"UP\"}",
                "{\"event\":\"state\",\"proxy\":\"a b\",\"server\":\"s1\",\"status\":\"UP\"}",
                "{\"event\":\"state\",\"proxy\":\"web\",\"server\":\"s1\",\"status\":\"UP\\u0007\"}",
                "{\"event\":\"state\",\"proxy\":\"web\",\"server\":\"s1\",\"status\":\"SOMEHOW\"}",
                "{\"event\":\"state\",\"proxy\":\"web\",\"server\":\"s1\",\"status\":{}}",
                "{\"event\":[]}"
            })
    void whatItCannotHaveToldIsRejected(String json) {
        assertThat(HealthLineParser.parse("risefall " + json)).isInstanceOf(Rejected.class);
    }

    /** HAProxy begins with UP. */
    @Test
    void ofWhatNothingHasCheckedNothingIsKnown() {
        for (String status : List.of("no check", "UP\",\"check\":\"INI")) {
            assertThat(HealthLineParser.parse(
                            "risefall {\"event\":\"admin\",\"proxy\":\"web\",\"server\":\"s1\",\"status\":\"" + status
                                    + "\"}"))
                    .isInstanceOf(NotHealth.class);
        }
    }

    @Test
    void allThatWasRecordedIsRead() throws IOException {
        List<String> told = new ArrayList<>();
        for (String line :
                Files.readAllLines(Path.of("src/test/resources/lua/haproxy-3.0.log"), StandardCharsets.UTF_8)) {
            String message = line.substring(line.indexOf(" - - ") + " - - ".length());
            if (LuaLine.isOne(message)
                    && HealthLineParser.parse(message) instanceof Parsed parsed
                    && parsed.message().proxy().equals("quiet")) {
                told.add(parsed.message()
                        .text()
                        .substring("observed: quiet/".length())
                        .replaceAll(",.*", ""));
            }
            assertThat(HealthLineParser.parse(message)).as(line).isNotInstanceOf(Rejected.class);
        }
        assertThat(told)
                .containsExactly(
                        "v6 is DOWN",
                        "b1 is UP 3/3 (check)",
                        "b1 is UP 2/3 (check)",
                        "b1 is UP 1/3 (check)",
                        "b1 is DOWN 0/2 (check)",
                        "b1 is DOWN",
                        "b1 is DOWN 1/2 (check)",
                        "b1 is UP 3/3 (check)",
                        "b1 is UP",
                        "b1 is DOWN",
                        "b1 is DOWN 1/2 (check)",
                        "b1 is UP 3/3 (check)",
                        "b1 is UP");
    }
}

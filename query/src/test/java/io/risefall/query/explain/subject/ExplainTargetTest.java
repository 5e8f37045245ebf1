package io.risefall.query.explain.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a number is named. */
class ExplainTargetTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "3F2a                                       | id 3f2a",
                "2026-11-23 lb1 web/srv1 down_ms            | 2026-11-23 lb1 web srv1 DOWN_MS",
                "2026-11-23   web/srv1 mttr_ms              | 2026-11-23 null web srv1 MTTR_MS",
                "2026-11-23 web/srv1                        | 2026-11-23 null web srv1 null",
                "today is/UP                                | 2026-11-24 null is UP null",
                "yesterday lb1 -/reason:                    | 2026-11-23 lb1 - reason: null",
                "2026-11-23 a/b web/srv1 flaps              | 2026-11-23 a/b web srv1 FLAPS",
                "2026-11-23T10:40 lb1 web/srv1 L4CON        | 09:00 10:00 lb1 web srv1 L4CON null failures",
                "2026-11-23T10:00Z lb1 web/srv1 l7sts 503 downs | 10:00 11:00 lb1 web srv1 L7STS 503 downs",
                "2026-11-23T10:00+01:00 web/srv1 L4TOUT - max_duration_ms | 09:00 10:00 null web srv1 L4TOUT - max_duration_ms",
                "2026-11-23T10:00Z L7STS -1 failures        | 10:00 11:00 null null null L7STS -1 failures",
                "2026-11-23 failures                        | 23:00 23:00 null null null null null failures",
            })
    void reads(String words, String meaning) {
        assertThat(told(ExplainTarget.parse(words, BERLIN, LocalDate.of(2026, 11, 24))))
                .isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\" \"                                | nothing to explain; give an id",
                "3f2a9c01b77e0                      | neither an id nor a day",
                "outage                             | neither an id nor a day",
                "2026-02-30 web/srv1 down_ms        | '2026-02-30' is neither an id nor a day",
                "2026-11-23                         | which server?",
                "2026-11-23 web srv1 down_ms        | which server?",
                "2026-11-23 web/srv1 dwon_ms        | 'dwon_ms' is not a column of server_day; did you mean down_ms?",
                "2026-11-23 web/srv1 down_ms up_ms  | 'up_ms' is unexpected",
                "2026-11-23T25:00 web/srv1 L4CON    | '2026-11-23T25:00' is not an hour",
                "2026-11-23T10:00 web/srv1 L4CN     | 'L4CN' is neither a reason, such as L4CON, nor a column"
                        + " of reasons_hour; did you mean L4CON?",
                "2026-11-23T10:00 web/srv1 L4CON failure | 'failure' is neither a code, such as 503, nor a"
                        + " column of reasons_hour; did you mean failures?",
            })
    void saysWhatIsWrong(String words, String why) {
        assertThatThrownBy(() -> ExplainTarget.parse(words, BERLIN, LocalDate.of(2026, 11, 24)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void whatIsToBePastedMeansNothingToAShell() {
        assertThat(ExplainTarget.command("3f2a9c01b77e")).isEqualTo("risefall explain 3f2a9c01b77e");
        assertThat(ExplainTarget.command("2026-11-23 lb1 web/srv1 down_ms"))
                .isEqualTo("risefall explain \"2026-11-23 lb1 web/srv1 down_ms\"");
        assertThat(ExplainTarget.command("2026-11-23 $(reboot)'`id`\" web/srv1"))
                .isEqualTo("risefall explain '2026-11-23 $(reboot)'\\''`id`\" web/srv1'");
    }

    private static String told(ExplainTarget asked) {
        if (asked instanceof ExplainTarget.Id id) {
            return "id " + id.words();
        }
        if (asked instanceof ExplainTarget.Day day) {
            return "%s %s %s %s %s".formatted(day.day(), day.node(), day.proxy(), day.server(), day.column());
        }
        ExplainTarget.Reasons reasons = (ExplainTarget.Reasons) asked;
        return "%s %s %s %s %s %s %s %s"
                .formatted(
                        reasons.from().toString().substring(11, 16),
                        reasons.to().toString().substring(11, 16),
                        reasons.node(),
                        reasons.proxy(),
                        reasons.server(),
                        reasons.reason(),
                        reasons.code(),
                        reasons.column());
    }
}

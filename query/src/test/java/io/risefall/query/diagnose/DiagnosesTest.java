package io.risefall.query.diagnose;

import static io.risefall.query.report.ExampleDays.BERLIN;
import static io.risefall.query.report.ExampleDays.DAY;
import static io.risefall.query.report.ExampleDays.REFUSED;
import static io.risefall.query.report.ExampleDays.SLOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.query.explain.model.LogLine;
import io.risefall.query.report.History;
import io.risefall.query.report.TestWarehouse;
import io.risefall.query.report.cause.Diagnosis.Step;
import io.risefall.query.sql.QueryException;
import io.risefall.query.subject.ServerTarget;
import io.risefall.schemas.message.Transition;
import io.risefall.schemas.suite.Slow;
import java.sql.Connection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which outages are diagnosed, and what is told of them. */
@Slow
class DiagnosesTest {
    private final History lb1 = new History("lb1", DAY, BERLIN);

    @Test
    void whatIsDownIsDiagnosedWithItsLinesAndWhatSpeaksAgainst() throws Exception {
        lb1.server("web/a").up("-1 08:00").down("11:00", REFUSED).open();
        lb1.says("web/a", "11:00", Transition.DOWN, REFUSED);
        lb1.server("web/b").up("-1 08:00").down("09:00", SLOW).up("09:01").open();

        DiagnosisAnswer answer = of(null);

        assertThat(answer.sentence())
                .isEqualTo(
                        "web/a was down when the log ended, at 2025-11-13 08:30:00.000: backend server not running (likely).");
        OutageDiagnosis only = answer.outages().get(0);
        assertThat(answer.outages()).hasSize(1);
        assertThat(only.evidence()).extracting(LogLine::line).anyMatch(line -> line.contains("Server web/a is DOWN"));
        assertThat(only.against()).containsExactly("A firewall that rejects connections refuses them in the same way.");
        assertThat(only.settledBy()).contains("ss -ltn");
        assertThat(only.next())
                .extracting(Step::command)
                .anyMatch(command -> command != null && command.contains("web"));
    }

    @Test
    void whatWasDoneShortlyBeforeIsToldAsAFact() throws Exception {
        lb1.server("web/a").up("-1 08:00").down("11:00", REFUSED).open();
        lb1.says("web/b", "10:49:59", Transition.DRAIN, null);
        lb1.says("web/b", "10:52", Transition.MAINTENANCE, null);
        lb1.says("db/b", "10:55", Transition.MAINTENANCE, null);
        lb1.says("web/a", "11:00", Transition.DOWN, REFUSED);

        assertThat(of(null).outages().get(0).changesBefore())
                .extracting(change -> change.before(lb1.at("11:00")))
                .containsExactly("8 min before: maintenance: web/b is going DOWN for maintenance (lb1)");
        assertThat(rendered(DiagnosisFormat.TEXT))
                .contains("before        8 min before: maintenance: web/b is going DOWN for maintenance (lb1)\n");
        assertThat(rendered(DiagnosisFormat.MARKDOWN))
                .contains("- **Before, as a fact and not as a cause:** 8 min before: maintenance: web/b");
    }

    @Test
    void whereNothingIsDownTheLatestOfEachServerIs() throws Exception {
        lb1.server("web/a")
                .up("-1 08:00")
                .down("11:00", REFUSED)
                .up("11:01")
                .down("12:00", REFUSED)
                .up("12:01")
                .open();
        lb1.server("web/b").up("-1 08:00").down("09:00", SLOW).up("09:01").open();

        DiagnosisAnswer answer = of(null);

        assertThat(answer.sentence())
                .isEqualTo(
                        "Nothing was down when the log ended, at 2025-11-13 08:30:00.000. The latest outage was that of web/a: "
                                + "backend server not running (likely).");
        assertThat(answer.outages()).extracting(OutageDiagnosis::name).containsExactly("web/a", "web/b");
        assertThat(answer.outages().get(0).startedAt()).isEqualTo(lb1.at("12:00"));
        assertThat(of("web/b").outages().get(0).against())
                .contains("A server that hangs looks the same as one that is slow.");
    }

    @Test
    void aServerWithoutAnOutageIsWellAndAnUnknownOneIsAnError() throws Exception {
        lb1.server("web/a").up("-1 08:00").open();

        assertThat(of("web/a").sentence()).isEqualTo("No outage of web/a is in the log.");
        assertThatThrownBy(() -> of("web/x"))
                .isInstanceOf(QueryException.class)
                .hasMessage("no line is about a server web/x; did you mean web/a?");
    }

    @Test
    void anIdOrItsBeginningNamesOne() throws Exception {
        lb1.server("web/a").up("-1 08:00").down("11:00", REFUSED).up("11:01").open();
        try (TestWarehouse warehouse = TestWarehouse.of(lb1);
                Connection views = warehouse.views()) {
            Diagnoses diagnoses = new Diagnoses(views, BERLIN, false);
            String id = diagnoses.of(ServerTarget.ALL).outages().get(0).id();
            assertThat(diagnoses.ofOutage(id).sentence())
                    .isEqualTo("web/a was down: backend server not running (likely).");
            assertThat(diagnoses.ofOutage(id.substring(0, 6)).outages())
                    .extracting(OutageDiagnosis::id)
                    .containsExactly(id);
            assertThatThrownBy(() -> diagnoses.ofOutage("zzz"))
                    .isInstanceOf(QueryException.class)
                    .hasMessageStartingWith("no outage has an id that starts with zzz");
        }
    }

    @Test
    void ofSeveralAtOnceEachIsWhatItIsAlone() throws Exception {
        lb1.server("web/a").up("-1 08:00").down("11:00", REFUSED).open();
        lb1.server("web/b").up("-1 08:00").down("11:00", REFUSED).open();
        lb1.server("web/c").up("-1 08:00").down("11:02", REFUSED).open();
        lb1.server("db/x").up("-1 08:00").down("11:30", SLOW).open();
        lb1.server("db/y").up("-1 08:00").down("13:00", REFUSED).open();
        try (TestWarehouse warehouse = TestWarehouse.of(lb1);
                Connection views = warehouse.views()) {
            Diagnoses diagnoses = new Diagnoses(views, BERLIN, false);
            for (String asked : List.of("web", "db")) {
                List<OutageDiagnosis> several =
                        diagnoses.of(ServerTarget.parse(asked, null)).outages();
                assertThat(several).hasSizeGreaterThan(1);
                for (OutageDiagnosis one : several) {
                    assertThat(diagnoses.ofOutage(one.id()).outages()).containsExactly(one);
                    assertThat(diagnoses.first(List.of(one.id()), one.startedAt()))
                            .isEqualTo(one.with(List.of(), List.of()));
                }
            }
        }
    }

    @Test
    void whatTheLogSaysStaysText() throws Exception {
        lb1.server("web/a").up("-1 08:00").down("11:00", REFUSED).open();
        lb1.server("web/<b>").up("-1 08:00").down("11:00", REFUSED).open();

        assertThat(rendered(DiagnosisFormat.MARKDOWN))
                .contains("web/&lt;b&gt; on lb1")
                .doesNotContain("<b>");
        assertThat(rendered(DiagnosisFormat.TEXT))
                .startsWith(
                        "2 outages were open when the log ended, at 2025-11-13 08:30:00.000; the latest was that of web/")
                .contains("likely cause  backend server not running (likely: it fits nothing else that is usual)\n")
                .contains("but           A firewall that rejects connections refuses them in the same way.\n")
                .contains("next          1. ");
        assertThat(rendered(DiagnosisFormat.JSON)).contains("\"format\" : \"risefall-diagnosis/1\"", "\"settled_by\"");
    }

    private String rendered(DiagnosisFormat format) throws Exception {
        StringBuilder out = new StringBuilder();
        format.render(of(null), out);
        return out.toString();
    }

    private DiagnosisAnswer of(@Nullable String target) throws Exception {
        try (TestWarehouse warehouse = TestWarehouse.of(lb1);
                Connection views = warehouse.views()) {
            return new Diagnoses(views, BERLIN, false).of(ServerTarget.parse(target, null));
        }
    }
}

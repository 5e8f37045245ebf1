package io.risefall.query.report.period;

import io.risefall.query.answer.AnswerPage;
import java.util.List;
import java.util.stream.Stream;

/** A period's report for the formats that are read line by line, and for programs. */
final class PeriodPage {
    private PeriodPage() {}

    /** All of it. Where nothing was down, text has no more than two sentences: no news is short. */
    static AnswerPage of(PeriodReport report) {
        PeriodWords words = new PeriodWords(report);
        return new AnswerPage(
                words.title(),
                report.isQuiet() ? (report.sentence() + " " + words.before()).strip() : report.sentence(),
                report.isQuiet() ? List.of() : words.facts(),
                report.isQuiet() ? List.of() : new PeriodTables(report).all(),
                report.isQuiet()
                        ? List.of()
                        : Stream.concat(report.method().stream(), report.caveats().stream())
                                .toList(),
                report,
                PeriodCsv.rows(report));
    }
}

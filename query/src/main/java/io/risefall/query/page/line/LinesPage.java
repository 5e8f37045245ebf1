package io.risefall.query.page.line;

import io.risefall.query.explain.Explanations;
import io.risefall.query.explain.subject.ExplainTarget;
import io.risefall.query.page.Page;
import io.risefall.query.page.PageContent;
import io.risefall.query.page.PageTimes;
import io.risefall.query.page.Visit;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Map;

/** {@code /lines/WORDS}: what {@code risefall explain WORDS} prints, with the raw lines. */
public final class LinesPage implements Page {
    @Override
    public String path() {
        return "/lines/";
    }

    @Override
    public PageContent show(Visit visit) throws SQLException {
        LocalDate today = LocalDate.ofInstant(visit.now(), visit.zone());
        String words = String.join("/", visit.request().rest());
        ExplainTarget asked = ExplainTarget.parse(words, visit.zone(), today);
        return new PageContent(
                "line/lines.ftlx",
                Map.of(
                        "explanation",
                        Explanations.of(visit.views(), asked, visit.zone()),
                        "command",
                        ExplainTarget.command(asked.words()),
                        "times",
                        new PageTimes(visit.now(), visit.zone())));
    }
}

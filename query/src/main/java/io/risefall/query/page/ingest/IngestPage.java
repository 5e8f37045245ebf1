package io.risefall.query.page.ingest;

import io.risefall.query.health.HealthCheck;
import io.risefall.query.page.Page;
import io.risefall.query.page.PageContent;
import io.risefall.query.page.PageTimes;
import io.risefall.query.page.Visit;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** {@code /ingest}: whether lines arrive, where they come from, and what was not taken. */
public final class IngestPage implements Page {
    private final Supplier<List<HealthCheck>> checks;

    /** @param checks those of {@code /readyz} */
    public IngestPage(Supplier<List<HealthCheck>> checks) {
        this.checks = checks;
    }

    @Override
    public String path() {
        return "/ingest";
    }

    @Override
    public PageContent show(Visit visit) throws SQLException {
        PageTimes times = new PageTimes(visit.now(), visit.zone());
        PipelineNow pipeline = PipelineNow.read(visit.views());
        List<HealthCheck> now = checks.get();
        return new PageContent(
                "ingest/ingest.ftlx",
                Map.of(
                        "verdict",
                        IngestVerdict.of(now, pipeline, times),
                        "pipeline",
                        pipeline,
                        "most",
                        PipelineNow.MOST,
                        "lag",
                        KafkaLag.of(visit.reading()),
                        "checks",
                        now,
                        "times",
                        times));
    }
}

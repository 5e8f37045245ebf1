package io.risefall.query.page.ingest;

import io.risefall.query.report.caveat.UnknownHeaderText;
import io.risefall.query.sql.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * What came in, by the warehouse; of each kind at most {@link #MOST}.
 *
 * @param unknown sentences about health messages behind headers that are not known
 */
public record PipelineNow(
        List<SourceNow> sources,
        List<NodeLog> nodes,
        List<Refused> refused,
        List<RejectedLines> rejected,
        List<String> unknown,
        List<SenderNow> senders,
        List<NotListening> absences,
        List<StateDifference> differences) {
    /** So many of each kind. */
    public static final int MOST = 200;

    /** Examples are long. */
    private static final int FEW = 20;

    private static final SqlQuery SOURCES = new SqlQuery("page/ingest/sources.sql");
    private static final SqlQuery NODES = new SqlQuery("page/ingest/nodes.sql");
    private static final SqlQuery REFUSED = new SqlQuery("page/ingest/refused.sql");
    private static final SqlQuery REJECTED = new SqlQuery("page/ingest/rejected.sql");
    private static final SqlQuery UNKNOWN = new SqlQuery("page/ingest/unknown.sql");
    private static final SqlQuery SENDERS = new SqlQuery("page/ingest/senders.sql");
    private static final SqlQuery ABSENCES = new SqlQuery("page/ingest/absences.sql");
    private static final SqlQuery DIFFERENCES = new SqlQuery("page/ingest/differences.sql");

    static PipelineNow read(Connection views) throws SQLException {
        return new PipelineNow(
                SOURCES.query(views, SourceNow::of, MOST),
                NODES.query(views, NodeLog::of, MOST),
                REFUSED.query(views, Refused::of, MOST),
                REJECTED.query(views, RejectedLines::of, FEW),
                UNKNOWN.query(
                        views,
                        row -> row.text("source") + ": "
                                + UnknownHeaderText.of(row.number("lines"), row.text("example"), row.textOrNull("tag")),
                        FEW),
                SENDERS.query(views, SenderNow::of, MOST),
                ABSENCES.query(views, NotListening::of, FEW),
                DIFFERENCES.query(views, StateDifference::of, FEW));
    }

    /** Those that were being followed when they were last heard of. */
    public List<SourceNow> followed() {
        return sources.stream().filter(SourceNow::followed).toList();
    }
}

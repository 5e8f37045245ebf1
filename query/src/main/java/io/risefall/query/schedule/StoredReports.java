package io.risefall.query.schedule;

import io.risefall.query.alert.channel.DocumentNotice;
import io.risefall.query.alert.channel.DocumentNotice.Attachment;
import io.risefall.query.alert.delivery.AlertConfig;
import io.risefall.query.alert.delivery.StoredDocuments;
import io.risefall.query.alert.model.ChangedRows;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/**
 * Puts reports where the messages of alerts wait to be delivered. A directory gets the whole report as files; others get what a mail says
 * of it, as programs for mail and chat cut what is longer.
 */
public final class StoredReports implements ReportPost {
    private final StoredDocuments documents;

    public StoredReports(AlertConfig config, Clock clock) {
        documents = new StoredDocuments(config, clock);
    }

    @Override
    public void add(Connection connection, ChangedRows changed, String to, ReportDocument report) throws SQLException {
        boolean folder = to.startsWith(AlertConfig.FOLDER);
        documents.add(
                connection,
                changed,
                to,
                new DocumentNotice(
                        report.id(),
                        report.content().subject(),
                        report.content().text(),
                        folder ? "" : report.content().html(),
                        folder ? files(report) : List.of(),
                        report.link()));
    }

    private static List<Attachment> files(ReportDocument report) {
        return List.of(
                new Attachment(report.name() + ".html", "text/html; charset=utf-8", report.page()),
                new Attachment(
                        report.name() + ".txt",
                        "text/plain; charset=utf-8",
                        report.content().text().getBytes(StandardCharsets.UTF_8)));
    }
}

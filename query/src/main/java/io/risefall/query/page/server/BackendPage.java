package io.risefall.query.page.server;

import io.risefall.query.page.Page;
import io.risefall.query.page.PageContent;
import io.risefall.query.page.PageRange;
import io.risefall.query.page.PageTimes;
import io.risefall.query.page.Visit;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.subject.KnownServers;
import io.risefall.query.subject.ServerTarget;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code /backends/PROXY}: the servers of one backend, and what befell them. */
public final class BackendPage implements Page {
    private static final SqlQuery KNOWN = new SqlQuery("page/server/known.sql");
    private static final SqlQuery SERVERS = new SqlQuery("page/server/servers.sql");

    /** A server as it is now, and how it fared. */
    public record Member(
            String server,
            int nodes,
            boolean backup,
            String state,
            Instant since,
            boolean flapping,
            long outages,
            long longestMs) {
        static Member of(SqlQuery.Row row) throws SQLException {
            return new Member(
                    row.text("server"),
                    row.count("nodes"),
                    row.flag("backup"),
                    row.text("state"),
                    row.at("since_us"),
                    row.flag("flapping"),
                    row.number("outages"),
                    row.number("longest_ms"));
        }
    }

    @Override
    public String path() {
        return "/backends/";
    }

    @Override
    public PageContent show(Visit visit) throws SQLException {
        List<String> names = visit.request().rest();
        if (names.size() != 1) {
            throw new IllegalArgumentException("the address of a backend is /backends/PROXY");
        }
        String proxy = names.get(0);
        PageRange range = PageRange.of(visit, ServerPage.USUAL);
        if (!KNOWN.query(visit.views(), row -> row.flag("known"), proxy).get(0)) {
            KnownServers.of(visit.views()).meant(new ServerTarget(proxy, null, null));
        }
        return new PageContent(
                "server/backend.ftlx",
                Map.of(
                        "proxy",
                        proxy,
                        "range",
                        range,
                        "presets",
                        PageRange.PRESETS,
                        "times",
                        new PageTimes(visit.now(), visit.zone())),
                () -> Map.of(
                        "servers",
                        SERVERS.query(visit.views(), Member::of, proxy, range.from(), range.to()),
                        "happened",
                        Happenings.read(visit.views(), proxy, null, range)));
    }
}

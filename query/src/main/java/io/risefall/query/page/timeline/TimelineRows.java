package io.risefall.query.page.timeline;

import io.risefall.query.page.PageRange;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.text.Counts;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Some of the servers that are asked for, the worst first.
 *
 * @param backends those that were not always well; the one that was asked for, however it was
 * @param sentence how many servers there are, and how they were
 * @param well about backends that were well as far as is known; empty: there are none
 * @param skipped how many of the worst are on earlier pages
 * @param left how many come on later ones
 */
public record TimelineRows(List<TimelineBackend> backends, String sentence, String well, int skipped, int left) {
    /** So many backends on a page, and of each so many servers. */
    static final int BACKENDS = 25;

    static final int SERVERS = 6;
    /** So many servers of one backend on a page. */
    static final int ALL_SERVERS = 150;

    private static final SqlQuery STRIPS = new SqlQuery("page/timeline/strips.sql");

    public TimelineRows {
        backends = List.copyOf(backends);
    }

    static TimelineRows read(Connection views, TimelineQuestion asked, RoleList roles, ZoneId zone)
            throws SQLException {
        List<StripRow> rows = rows(views, asked, roles);
        boolean one = !asked.backend().isEmpty();
        List<StripRow> servers =
                rows.stream().filter(row -> !row.server().isEmpty()).toList();
        List<StripRow> down = servers.stream().filter(row -> row.downs() > 0).toList();
        Map<String, List<OutageMark>> outages =
                down.isEmpty() ? Map.of() : OutageMark.read(views, asked, down, roles, zone);
        List<TimelineBackend> backends = new ArrayList<>();
        for (StripRow row : rows) {
            if (row.server().isEmpty() && !row.proxy().isEmpty()) {
                List<TimelineStrip> own = servers.stream()
                        .filter(server -> server.proxy().equals(row.proxy()))
                        .map(server -> TimelineStrip.of(
                                server, outages.getOrDefault(server.proxy() + "/" + server.server(), List.of())))
                        .toList();
                backends.add(TimelineBackend.of(row, own, one));
            }
        }
        StripRow.Totals totals = rows.get(0).totals();
        int all = one ? totals.servers() : totals.troubledBackends();
        int shown = one ? servers.size() : backends.size();
        return new TimelineRows(
                backends, sentence(totals), well(totals), asked.skip(), Math.max(0, all - asked.skip() - shown));
    }

    private static List<StripRow> rows(Connection views, TimelineQuestion asked, RoleList roles) throws SQLException {
        PageRange range = asked.range();
        boolean one = !asked.backend().isEmpty();
        return STRIPS.query(
                views,
                StripRow::of,
                range.from(),
                range.to(),
                one ? asked.backend() : null,
                asked.node().isEmpty() ? null : asked.node(),
                asked.glob(),
                StripOutlines.COUNT,
                one ? 0 : asked.skip(),
                BACKENDS,
                one ? asked.skip() : 0,
                one ? ALL_SERVERS : SERVERS,
                roles.nodes(),
                roles.proxies());
    }

    private static String sentence(StripRow.Totals totals) {
        if (totals.servers() == 0) {
            return "Nothing is known of such servers in this time.";
        }
        String servers = Counts.servers(totals.servers());
        if (totals.troubled() == 0) {
            return totals.servers() == 1
                    ? "The server was well as far as is known."
                    : "All " + servers + " were well as far as is known.";
        }
        int others = totals.troubled() - totals.down();
        String down = totals.down() == 0
                ? "No server was down"
                : "Of " + servers + ", " + Counts.grouped(totals.down())
                        + (totals.down() == 1 ? " was down" : " were down");
        return others == 0
                ? down + "."
                : down + "; " + Counts.grouped(others) + (others == 1 ? " was" : " were")
                        + " unknown, in maintenance or draining for a while.";
    }

    private static String well(StripRow.Totals totals) {
        int count = totals.backends() - totals.troubledBackends();
        List<String> names = totals.wellBackends();
        if (count <= 0) {
            return "";
        }
        String others = names.size() < count ? " and " + Counts.grouped(count - names.size()) + " more" : "";
        return String.join(", ", names) + others + (count == 1 ? ": its servers were" : ": their servers were")
                + " well as far as is known.";
    }
}

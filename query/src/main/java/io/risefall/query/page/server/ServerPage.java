package io.risefall.query.page.server;

import io.risefall.query.alert.route.Silencing;
import io.risefall.query.page.Page;
import io.risefall.query.page.PageContent;
import io.risefall.query.page.PageRange;
import io.risefall.query.page.PageTimes;
import io.risefall.query.page.Visit;
import io.risefall.query.report.render.TimeAxis;
import io.risefall.query.subject.KnownServers;
import io.risefall.query.subject.ServerTarget;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /servers/PROXY/SERVER}: the history of one server. */
public final class ServerPage implements Page {
    static final String USUAL = "30d";

    @Override
    public String path() {
        return "/servers/";
    }

    @Override
    public PageContent show(Visit visit) throws SQLException {
        List<String> names = visit.request().rest();
        if (names.size() != 2) {
            throw new IllegalArgumentException("the address of a server is /servers/PROXY/SERVER");
        }
        String proxy = names.get(0);
        String server = names.get(1);
        PageRange range = PageRange.of(visit, USUAL);
        List<NodeStrip> strips = NodeStrip.read(visit.views(), proxy, server, range, visit.zone());
        if (strips.isEmpty()) {
            KnownServers.of(visit.views()).meant(new ServerTarget(proxy, server, null));
        }
        return new PageContent(
                "server/server.ftlx",
                Map.of(
                        "proxy",
                        proxy,
                        "server",
                        server,
                        "strips",
                        strips,
                        "ticks",
                        new TimeAxis(range.from(), range.to(), visit.zone()).ticks(at -> Optional.empty()),
                        "silences",
                        Silencing.read(visit.views(), visit.now()).silences().stream()
                                .filter(silence -> silence.isAbout(proxy, server))
                                .toList(),
                        "range",
                        range,
                        "presets",
                        PageRange.PRESETS,
                        "days",
                        visit.zone(),
                        "times",
                        new PageTimes(visit.now(), visit.zone())),
                () -> Map.of("happened", Happenings.read(visit.views(), proxy, server, range)));
    }
}

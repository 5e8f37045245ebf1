package io.risefall.query.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Where things are: paths of pages, with names from the log as data. Has no state. */
public final class Links {
    /** For templates. */
    public static final Links ALL = new Links();

    private Links() {}

    public String server(String proxy, String server) {
        return "/servers/" + part(proxy) + "/" + part(server);
    }

    public String backend(String proxy) {
        return "/backends/" + part(proxy);
    }

    /** Where servers are silenced: {@code PROXY} or {@code PROXY/SERVER} is in the form already. */
    public String silence(String servers) {
        return "/silences?servers=" + part(servers);
    }

    /** The incident of an id, or that which holds the outage of that id. */
    public String incident(String id) {
        return "/incidents/" + part(id);
    }

    /** The lines behind what {@code words} name, as {@code risefall explain} reads them. */
    public String lines(String words) {
        return "/lines/" + part(words);
    }

    /** The lines behind a server's day. */
    public String day(Instant at, ZoneId zone, String node, String proxy, String server) {
        return lines(LocalDate.ofInstant(at, zone) + " " + node + " " + proxy + "/" + server);
    }

    /** A name as a part of a path, or as a value of a query: all but plain letters and digits is encoded. */
    public String part(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

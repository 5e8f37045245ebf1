package io.risefall.query.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The names under which this server may be asked. A page of another origin can make a browser connect to it, by a name of its
 * own that it points here; the Host header tells. That cannot be done with an address, which is nobody's name.
 *
 * @param names those at which it listens, and those by which people know it; in lower case
 */
public record HostNames(List<String> names) {
    public HostNames {
        names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    /** @param bound the name or address at which it listens */
    public static HostNames of(String bound, List<String> more) {
        List<String> names = new ArrayList<>(List.of(bound, "localhost"));
        names.addAll(more);
        return new HostNames(names);
    }

    /** Whether the request says exactly one host, and that is this one. */
    boolean isHere(HttpHeaders headers) {
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        return hosts.size() == 1 && isHere(hosts.get(0));
    }

    private boolean isHere(String given) {
        String name = given.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
        return names.contains(name) || NetUtil.isValidIpV4Address(name) || isAddressInBrackets(name);
    }

    private static boolean isAddressInBrackets(String name) {
        return name.startsWith("[") && name.endsWith("]") && NetUtil.isValidIpV6Address(name);
    }
}

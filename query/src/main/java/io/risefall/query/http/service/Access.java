package io.risefall.query.http.service;

import io.netty.handler.ssl.SslContext;
import io.risefall.query.http.Gate;
import io.risefall.query.http.Guard;
import io.risefall.query.http.HostNames;
import io.risefall.query.http.Route;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who may come to the service from where it listens, and how. Its guards are asked by the server's one thread. */
public interface Access {
    /** The names under which it may be asked. */
    HostNames hosts();

    /** Lets programs ask: those that {@code gate} lets, and those of users who may do all. */
    Guard programs(Gate gate);

    /** How what is sent is encrypted; null: not at all. Asked for each connection. */
    @Nullable Supplier<SslContext> encryption();

    /** Whether programs of this host, which know the token of the {@link ServiceFile} and no certificate, get a place of their own. */
    boolean isApartFromPrograms();

    /** What a browser is shown. */
    List<Route> pages();
}

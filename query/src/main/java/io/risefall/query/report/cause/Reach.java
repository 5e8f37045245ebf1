package io.risefall.query.report.cause;

import io.risefall.query.report.cause.Diagnosis.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How commands that look into a cause reach a server: by what the log tells, or by a configuration. */
public interface Reach {
    /** HAProxy's stats socket; null: not known. */
    @Nullable String socket();

    /** How the address is learnt, or where it stands. */
    List<Step> address();

    /** Whether the port of the check takes a connection. */
    String connect();

    /** Whether anything listens on the port; for the server's host. */
    String listening();

    /** Where the path to it ends. */
    String path();

    /**
     * The request of the check.
     *
     * @param options of curl
     */
    String request(String options);

    /** What a person should know before sending it; begins with a blank, or is empty. */
    String aboutRequest();

    /** A plain HTTP request to the port of the check. */
    String plain();

    /** A request to where traffic goes. */
    String page();

    /** The certificate that the check gets. */
    String certificate();

    /** The agent's answer. */
    String agent();

    /** The section of the backend. */
    String section();
}

package io.risefall.ingest.network.stats;

import io.risefall.ingest.failure.IngestException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Objects;

/** Why a stats socket cannot be used, and what helps. */
final class StatsErrors {
    private StatsErrors() {}

    static IngestException cannotConnect(StatsAddress address, IOException cause) {
        String reason =
                Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
        return new IngestException(
                "cannot connect to HAProxy's stats socket " + address + ": " + reason + help(cause), cause);
    }

    private static String help(IOException cause) {
        String reason = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (reason.contains("permission denied")) {
            return "; run as a user of the socket's group (haproxy on Debian), or set its mode and group on the line stats "
                    + "socket of section global";
        }
        if (reason.contains("refused")) {
            return "; nobody listens there: is HAProxy running?";
        }
        if (reason.contains("no such file")) {
            return "; is HAProxy running, and does its section global have the line: stats socket /run/haproxy/admin.sock mode "
                    + "660 level operator";
        }
        return "";
    }

    static IngestException noAnswer(StatsAddress address, String command, IOException cause) {
        String what = cause instanceof SocketTimeoutException ? "no whole answer in time" : cause.getMessage();
        return new IngestException(
                "HAProxy's stats socket " + address + " did not answer \"" + command + "\": " + what
                        + "; is that HAProxy, and not stopped or overloaded?",
                cause);
    }

    static IngestException notHaproxy(StatsAddress address, String command, String answer) {
        String begin = answer.strip().lines().findFirst().orElse("").replaceAll("[^ -~]", "?");
        return new IngestException("what listens at " + address + " did not answer \"" + command
                + "\" as HAProxy does, but with " + (begin.isEmpty() ? "nothing" : "\"" + cut(begin) + "\"")
                + "; give the stats socket of a worker, not of the master");
    }

    private static String cut(String text) {
        int most = 80;
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }
}

package io.risefall.query.reconcile;

import io.risefall.query.reconcile.RecordedServer.Stretch;
import io.risefall.query.text.Counts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often a server went down since a process began.
 *
 * @param outages that began since then
 * @param maintenances entered by a server that was not DOWN
 * @param afterMaintenance outages that began on leaving maintenance
 * @param repeated 1 if an outage began before the process, which declared it again
 */
record Transitions(long outages, long maintenances, long afterMaintenance, long repeated) {

    static Transitions of(@Nullable RecordedServer server, Instant begin) {
        long outages = 0;
        long maintenances = 0;
        long afterMaintenance = 0;
        long repeated = 0;
        Stretch before = null;
        for (Stretch one : server == null ? List.<Stretch>of() : server.stretches()) {
            boolean began = !one.from().isBefore(begin);
            if (one.is("down") && began) {
                outages++;
                afterMaintenance += before != null && before.is("maint") ? 1 : 0;
            } else if (one.is("down")) {
                repeated = saidWithin(server, one) ? 1 : 0;
            } else if (one.is("maint") && began && (before == null || !before.is("down"))) {
                maintenances++;
            }
            before = one;
        }
        return new Transitions(outages, maintenances, afterMaintenance, repeated);
    }

    private static boolean saidWithin(@Nullable RecordedServer server, Stretch outage) {
        Instant said = server == null ? null : server.saidDown();
        return said != null && (outage.to() == null || said.isBefore(outage.to()));
    }

    /** {@code chkdown} counts {@code is DOWN} and {@code going DOWN for maintenance} of this process. */
    long counted() {
        return outages + maintenances - afterMaintenance + repeated;
    }

    String words() {
        List<String> words = new ArrayList<>();
        if (maintenances > 0) {
            words.add("chkdown also counts entering maintenance: " + Counts.plural(maintenances, "time"));
        }
        if (afterMaintenance > 0) {
            words.add("chkdown does not count a server that leaves maintenance DOWN: "
                    + Counts.plural(afterMaintenance, "time"));
        }
        if (repeated > 0) {
            words.add("one outage began before this process, which declared it once more; Risefall counts it once");
        }
        return String.join("; ", words);
    }
}

package io.risefall.app.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.app.truth.compare.NamedOutage;
import io.risefall.app.truth.compare.ScriptedCause;
import io.risefall.app.truth.feed.LogForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The causes that are named for outages, against what the script of each run did to the server: a table of confusion. A cause
 * that is certain or likely must be right; of the outages whose cause the log can tell, 95 % must have it.
 */
final class CauseTable {
    private static final double LEAST_RIGHT = 0.95;
    private static final Path TABLE = Path.of("src/test/resources/truth/causes.tsv");

    private final Map<String, Integer> rows = new TreeMap<>();
    private final List<String> confidentlyWrong = new ArrayList<>();
    private int tellable;
    private int right;

    /** Adds a run, in one of its forms. */
    void add(LogForm form, List<NamedOutage> outages) {
        for (ScriptedCause scripted : ScriptedCause.of(form.truth())) {
            NamedOutage outage = scripted.nearest(outages, form.tolerance());
            String cause = outage == null ? "NOT_FOUND" : outage.cause();
            String confidence = outage == null ? "" : outage.confidence();
            rows.merge(String.join("\t", scripted.words(), cause, confidence), 1, Integer::sum);
            boolean fits = scripted.fits(cause);
            if (!fits && (confidence.equals("CERTAIN") || confidence.equals("LIKELY"))) {
                confidentlyWrong.add(form.node() + " " + scripted + ": " + cause);
            }
            if (outage != null && scripted.isTellable(outage.reason())) {
                tellable++;
                right += fits ? 1 : 0;
            }
        }
    }

    void check() throws IOException {
        StringBuilder made = new StringBuilder("script\tcause\tconfidence\toutages\n");
        rows.forEach((row, count) -> made.append(row).append('\t').append(count).append('\n'));
        if ("accept".equals(System.getProperty("risefall.goldens"))) {
            Files.writeString(TABLE, made);
        }
        assertThat(confidentlyWrong).isEmpty();
        assertThat(tellable).isPositive();
        assertThat((double) right / tellable)
                .as("%d right of %d", right, tellable)
                .isGreaterThanOrEqualTo(LEAST_RIGHT);
        assertThat(Files.readString(TABLE)).isEqualTo(made.toString());
    }
}

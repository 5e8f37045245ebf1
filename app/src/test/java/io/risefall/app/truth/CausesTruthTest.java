package io.risefall.app.truth;

import io.risefall.app.data.DataDirectory;
import io.risefall.app.driver.RunningRisefall;
import io.risefall.app.truth.compare.NamedOutage;
import io.risefall.app.truth.feed.LogForm;
import io.risefall.ingest.file.FileSource;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.schemas.Corpus;
import io.risefall.schemas.suite.Length;
import io.risefall.schemas.suite.RealParts;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The causes that are named for the outages of all runs, against their scripts: {@link CauseTable}. */
@RealParts
@Timeout(600)
class CausesTruthTest {
    /** Of each run one form: all of them were fed the same messages. */
    private static final List<String> FORMS = List.of("udp-rfc5424.log", "udp-rfc3164.log", "udp-local.log");

    @TempDir
    Path folder;

    @Test
    void namesTheCauseOrSaysThatItCannotTell() throws Exception {
        List<LogForm> forms = forms();
        Path data = folder.resolve("data");
        try (RunningRisefall risefall = RunningRisefall.start(data)) {
            List<FileSource> files = new ArrayList<>();
            for (LogForm form : forms) {
                files.addAll(form.files(folder));
            }
            risefall.load(files);
        }
        Map<String, List<NamedOutage>> outages;
        try (Warehouse warehouse = Warehouse.open(new DataDirectory(data, "risefall").warehouse(), ZoneOffset.UTC)) {
            outages = NamedOutage.all(warehouse).stream().collect(Collectors.groupingBy(NamedOutage::node));
        }
        CauseTable table = new CauseTable();
        forms.forEach(form -> table.add(form, outages.getOrDefault(form.node(), List.of())));
        table.check();
    }

    private static List<LogForm> forms() {
        return Corpus.scenarios().stream()
                .filter(run -> Length.isLong() || !run.name().startsWith("heavy-"))
                .map(run -> LogForm.of(run).stream()
                        .filter(form -> form.form()
                                .equals(FORMS.stream()
                                        .filter(run::has)
                                        .findFirst()
                                        .orElseThrow()))
                        .findFirst()
                        .orElseThrow())
                .toList();
    }
}

package io.risefall.app.truth;

import io.risefall.app.driver.RunningRisefall;
import io.risefall.app.truth.feed.LogForm;
import io.risefall.ingest.file.FileSource;
import io.risefall.schemas.Corpus;
import io.risefall.schemas.suite.Length;
import io.risefall.schemas.suite.RealParts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        CauseTable table = new CauseTable();
        List<LogForm> forms = forms();
        try (RunningRisefall risefall = RunningRisefall.start(folder.resolve("data"))) {
            List<FileSource> files = new ArrayList<>();
            for (LogForm form : forms) {
                files.addAll(form.files(folder));
            }
            risefall.load(files);
            for (LogForm form : forms) {
                table.add(risefall, form);
            }
        }
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

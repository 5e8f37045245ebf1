package io.risefall.app;

import io.risefall.ingest.ImportResult;
import io.risefall.ingest.ImportedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an import did, in lines for the terminal: the counts of each file, and what to do where they look wrong. */
final class ImportSummary {
    private ImportSummary() {}

    static List<String> of(ImportResult result) {
        List<String> lines = new ArrayList<>();
        for (ImportedFile file : result.files()) {
            String name = file.file().path().toString();
            lines.add(count(name.equals("-") ? "standard input" : name, file));
            file.notes().forEach(note -> lines.add("  " + note));
            hints(file).forEach(hint -> lines.add("  " + hint));
        }
        return lines;
    }

    private static String count(String name, ImportedFile file) {
        return String.format(
                Locale.ROOT,
                "%s: %,d lines: %,d health events, %,d traffic, %,d of other programs, %,d unreadable",
                name,
                file.lines(),
                file.events(),
                file.traffic(),
                file.foreign(),
                file.rejected());
    }

    private static List<String> hints(ImportedFile file) {
        List<String> hints = new ArrayList<>();
        if (file.lines() > 0 && file.events() + file.traffic() + file.rejected() == 0) {
            hints.add("no line of HAProxy in it; if HAProxy has another log-tag here, name it with --tag");
        } else if (file.traffic() > 0 && file.events() + file.rejected() == 0) {
            hints.add(
                    "HAProxy wrote only traffic into it; it says UP and DOWN on the log lines of its global section, at "
                            + "the levels notice and alert");
        }
        if (file.rejected() > 0) {
            hints.add("what could not be read, and why: risefall query \"SELECT line, why FROM rejected\"");
        }
        return hints;
    }
}

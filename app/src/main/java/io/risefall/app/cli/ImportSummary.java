package io.risefall.app.cli;

import io.risefall.ingest.ImportResult;
import io.risefall.ingest.ImportedFile;
import io.risefall.query.report.caveat.UnknownHeaderText;
import io.risefall.schemas.source.ProcessLevel;
import io.risefall.schemas.source.UnknownHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The summary of an import: one line of counts per file, and hints where the counts look wrong. */
final class ImportSummary {
    /** Header forms per file; more are listed by the view unknown_headers. */
    private static final int SHAPES_SHOWN = 3;

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
        String unknown = file.unknownHeader() == 0
                ? ""
                : String.format(Locale.ROOT, ", %,d health messages with an unknown header", file.unknownHeader());
        return String.format(
                        Locale.ROOT,
                        "%s: %,d lines: %,d health events, %,d traffic, %,d from other programs, %,d rejected",
                        name,
                        file.lines(),
                        file.events(),
                        file.traffic(),
                        file.foreign(),
                        file.rejected())
                + unknown;
    }

    private static List<String> hints(ImportedFile file) {
        List<String> hints = new ArrayList<>();
        boolean nothing = file.events() + file.rejected() + file.unknownHeader() == 0
                && file.position().events() + file.position().rejected() == 0;
        if (nothing && file.traffic() > 0 && file.sentences() == 0) {
            hints.add("this file has only HAProxy's traffic log; UP and DOWN lines go to the log targets of"
                    + " HAProxy's global section, "
                    + "at levels notice and alert");
        } else if (nothing && file.foreign() > 0 && file.traffic() == 0) {
            hints.add(
                    file.ofOthers() > 0
                            ? "no HAProxy lines found; if HAProxy uses another log-tag here, give it with --tag"
                            : "no HAProxy lines found: no line has a known header, and none contains a health message");
        }
        if (file.unknownHeader() > 0) {
            UnknownHeaders unknown = UnknownHeaders.of(file.position());
            unknown.shapes().stream()
                    .limit(SHAPES_SHOWN)
                    .map(shape -> UnknownHeaderText.of(shape.lines(), shape.example(), shape.tag()))
                    .forEach(hints::add);
            if (unknown.shapes().size() > SHAPES_SHOWN) {
                hints.add("to list all unknown headers: risefall query \"FROM unknown_headers\"");
            }
        }
        if (file.sentences() > 0) {
            hints.add(String.format(
                    Locale.ROOT,
                    "%,d traffic lines contain a health message at a traffic severity; they are not counted as events: a"
                            + " client may have sent that text, or HAProxy's log is capped there (log … info info) and no"
                            + " other line proves it",
                    file.sentences()));
        }
        caps(file).forEach(hints::add);
        if (file.rejected() > 0) {
            hints.add("to see the rejected lines and why: risefall query \"SELECT line, why FROM rejected\"");
        }
        return hints;
    }

    private static List<String> caps(ImportedFile file) {
        return file.position().levels().stream()
                .map(ProcessLevel::cap)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .map(cap -> "HAProxy's severities in this file appear to be capped at "
                        + cap.name().toLowerCase(Locale.ROOT)
                        + ", as with \"log … local0 notice notice\": messages have a lower severity than HAProxy gives them, and"
                        + " no line has a higher one")
                .toList();
    }
}

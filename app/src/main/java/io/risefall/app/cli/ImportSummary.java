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

/** What an import did, in lines for the terminal: the counts of each file, and what to do where they look wrong. */
final class ImportSummary {
    /** More forms of headers than a person reads at once. */
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
                : String.format(Locale.ROOT, ", %,d health sentences behind an unknown header", file.unknownHeader());
        return String.format(
                        Locale.ROOT,
                        "%s: %,d lines: %,d health events, %,d traffic, %,d of other programs, %,d unreadable",
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
            hints.add(
                    "HAProxy wrote only traffic into it; it says UP and DOWN on the log lines of its global section, at "
                            + "the levels notice and alert");
        } else if (nothing && file.foreign() > 0 && file.traffic() == 0) {
            hints.add(
                    file.ofOthers() > 0
                            ? "no line of HAProxy in it; if HAProxy has another log-tag here, name it with --tag"
                            : "no line of HAProxy in it: none has a header that Risefall knows, and none holds a health"
                                    + " sentence");
        }
        if (file.unknownHeader() > 0) {
            UnknownHeaders unknown = UnknownHeaders.of(file.position());
            unknown.shapes().stream()
                    .limit(SHAPES_SHOWN)
                    .map(shape -> UnknownHeaderText.of(shape.lines(), shape.example(), shape.tag()))
                    .forEach(hints::add);
            if (unknown.shapes().size() > SHAPES_SHOWN) {
                hints.add("all forms of such headers: risefall query \"FROM unknown_headers\"");
            }
        }
        if (file.sentences() > 0) {
            hints.add(String.format(
                    Locale.ROOT,
                    "%,d of the lines of traffic hold a health sentence, but with a severity of traffic: text of a client,"
                            + " or HAProxy's log is capped there (log … info info) and no other line proves it; they are"
                            + " no events",
                    file.sentences()));
        }
        caps(file).forEach(hints::add);
        if (file.rejected() > 0) {
            hints.add("what could not be read, and why: risefall query \"SELECT line, why FROM rejected\"");
        }
        return hints;
    }

    private static List<String> caps(ImportedFile file) {
        return file.position().levels().stream()
                .map(ProcessLevel::cap)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .map(cap -> "HAProxy's severities in it are taken to be capped at "
                        + cap.name().toLowerCase(Locale.ROOT)
                        + ", as by \"log … local0 notice notice\": lines came less severe than HAProxy says such things, and"
                        + " nothing more severe came")
                .toList();
    }
}

package io.risefall.app.doctor;

import io.risefall.app.doctor.Examination.Outcome;
import io.risefall.query.report.text.PlainLines;
import io.risefall.query.text.Counts;
import io.risefall.query.text.PrettyJson;
import io.risefall.query.text.Printable;
import java.io.IOException;
import java.util.List;

/** The checklist, filled in. For people what is wrong comes first, and a command stands on one line, to be pasted. */
record DoctorPage(List<Examination> examinations, List<String> notes) {
    private static final String FORMAT = "risefall-doctor/1";

    DoctorPage {
        examinations = List.copyOf(examinations);
        notes = List.copyOf(notes);
    }

    /** All of it for programs. Fields are only added. */
    record Json(String format, String sentence, List<Examination> examinations, List<String> notes) {}

    /** 0: all is well, as far as it could be examined; 1: something is wrong. */
    int exitCode() {
        return of(Outcome.WRONG).isEmpty() ? 0 : 1;
    }

    String json() throws IOException {
        return PrettyJson.of(new Json(FORMAT, sentence(), examinations, notes));
    }

    void print(Appendable out) throws IOException {
        PlainLines.title(out, "HAProxy and its log on this host");
        PlainLines.paragraph(out, "", sentence());
        for (Outcome outcome : List.of(Outcome.WRONG, Outcome.UNKNOWN)) {
            for (Examination one : of(outcome)) {
                PlainLines.line(out, "");
                PlainLines.line(out, head(one));
                PlainLines.paragraph(out, "         expected  ", Printable.of(one.expected()));
                PlainLines.paragraph(out, "         found     ", Printable.of(one.found()));
                PlainLines.line(out, "         next      " + Printable.of(one.next()));
            }
        }
        PlainLines.line(out, "");
        for (Examination one : of(Outcome.OK)) {
            PlainLines.paragraph(out, head(one) + "  ", Printable.of(one.found()));
        }
        for (String note : notes) {
            PlainLines.paragraph(out, "- ", Printable.of(note));
        }
    }

    private static String head(Examination one) {
        return "%-7s  %s of %s".formatted(one.outcome().word(), one.what(), Printable.of(one.subject()));
    }

    private String sentence() {
        return Counts.plural(examinations.size(), "point") + ": "
                + Counts.grouped(of(Outcome.OK).size()) + " ok, "
                + Counts.grouped(of(Outcome.WRONG).size()) + " wrong, "
                + Counts.grouped(of(Outcome.UNKNOWN).size()) + " not examined.";
    }

    private List<Examination> of(Outcome outcome) {
        return examinations.stream().filter(one -> one.outcome() == outcome).toList();
    }
}

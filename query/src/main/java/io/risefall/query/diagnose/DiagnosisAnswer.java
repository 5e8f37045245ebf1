package io.risefall.query.diagnose;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * The answer of {@code diagnose}: plain data, which every format prints. Fields are only added.
 *
 * @param format names this structure
 * @param asked what was asked, in words
 * @param sentence the answer in one sentence
 * @param zone of times in words
 * @param outages the open ones, the latest first; without an open one, the latest of each server
 * @param notShown how many more there are
 */
@JsonPropertyOrder({"format", "asked", "sentence", "zone", "outages", "not_shown"})
public record DiagnosisAnswer(
        String format, String asked, String sentence, String zone, List<OutageDiagnosis> outages, int notShown) {
    public static final String FORMAT = "risefall-diagnosis/1";

    public DiagnosisAnswer {
        outages = List.copyOf(outages);
    }
}

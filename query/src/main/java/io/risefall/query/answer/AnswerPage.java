package io.risefall.query.answer;

import io.risefall.query.report.text.ReportTable;
import java.util.List;

/**
 * An answer.
 *
 * @param sentence the answer in one sentence
 * @param facts a name and a value each
 * @param notes what has to be known before the numbers are trusted
 * @param json all of it for programs: a record
 * @param rows all rows for spreadsheets; the first has the names of the columns
 */
public record AnswerPage(
        String title,
        String sentence,
        List<List<String>> facts,
        List<ReportTable> tables,
        List<String> notes,
        Object json,
        List<List<String>> rows) {}

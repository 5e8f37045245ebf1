package io.risefall.query.question;

import io.risefall.query.reading.ReadingState;
import io.risefall.query.warehouse.Warehouse;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All questions, and the warehouse that they are asked of. Any number of threads may ask at once. */
public final class Questions {
    private static final List<Question> ALL = List.of(
            new ReportQuestion(),
            new ExplainQuestion(),
            new VerifyQuestion(),
            new DiagnoseQuestion(),
            new BudgetQuestion(),
            new WhatIfQuestion(),
            new ChangesQuestion(),
            new PostmortemQuestion(),
            new ReconcileQuestion(),
            new AlertBacktestQuestion());

    private final Warehouse warehouse;
    private final ZoneId zone;
    private final Supplier<@Nullable ReadingState> reading;

    /**
     * @param zone where days begin unless a question says otherwise
     * @param reading how the service reads the topics; null: no service runs
     */
    public Questions(Warehouse warehouse, ZoneId zone, Supplier<@Nullable ReadingState> reading) {
        this.warehouse = warehouse;
        this.zone = zone;
        this.reading = reading;
    }

    public static List<Question> all() {
        return ALL;
    }

    /** Answers with a connection of its own; see {@link Question#answer}. */
    public int answer(Question question, QuestionParameters parameters, OutputStream out)
            throws SQLException, IOException {
        try (Connection views = warehouse.read()) {
            return question.answer(new QuestionContext(views, zone, Instant.now(), reading.get()), parameters, out);
        }
    }
}

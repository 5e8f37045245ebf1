package io.risefall.query.question;

import io.risefall.query.diagnose.Diagnoses;
import io.risefall.query.diagnose.DiagnosisAnswer;
import io.risefall.query.diagnose.DiagnosisFormat;
import io.risefall.query.subject.ServerTarget;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code diagnose}: why servers are down, and what to do. */
public final class DiagnoseQuestion implements Question {
    private static final String OUTAGE = "outage";
    private static final String SERVERS = "with-servers";

    @Override
    public String name() {
        return "diagnose";
    }

    /** Also names all servers that are asked about. */
    public static QuestionParameters withServers(QuestionParameters parameters) {
        return parameters.with(SERVERS, "true");
    }

    /** @param outage an id, or its beginning; null: the servers of {@code target} */
    public static QuestionParameters parameters(
            @Nullable String outage, ServerTarget target, ZoneId zone, DiagnosisFormat format) {
        return new QuestionParameters(Map.of("zone", zone.getId(), "format", format.name()))
                .with(OUTAGE, outage)
                .with(target);
    }

    @Override
    public int answer(QuestionContext context, QuestionParameters parameters, OutputStream out)
            throws SQLException, IOException {
        Diagnoses diagnoses = new Diagnoses(context.views(), parameters.zone(context.zone()), parameters.has(SERVERS));
        String outage = parameters.text(OUTAGE);
        DiagnosisAnswer answer = outage != null ? diagnoses.ofOutage(outage) : diagnoses.of(parameters.target());
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        parameters.format(DiagnosisFormat.TEXT).render(answer, writer);
        writer.flush();
        return ANSWERED;
    }
}

package io.risefall.query.question;

import io.risefall.query.answer.AnswerFormat;
import io.risefall.query.postmortem.Postmortems;
import io.risefall.query.text.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code postmortem}: all about one incident or outage. */
public final class PostmortemQuestion implements Question {
    private static final String ID = "id";
    private static final Pattern BEGINNING = Pattern.compile("[0-9a-f]{4,12}");

    @Override
    public String name() {
        return "postmortem";
    }

    /** @throws IllegalArgumentException with a sentence for whom asked, where it is no id */
    public static QuestionParameters parameters(String id, ZoneId zone, AnswerFormat format) {
        QuestionParameters parameters =
                new QuestionParameters(Map.of(ID, id, "zone", zone.getId(), "format", format.name()));
        id(parameters);
        return parameters;
    }

    @Override
    public int answer(QuestionContext context, QuestionParameters parameters, OutputStream out)
            throws SQLException, IOException {
        parameters
                .format(AnswerFormat.MARKDOWN)
                .write(Postmortems.of(context.views(), id(parameters), parameters.zone(context.zone())), out);
        return ANSWERED;
    }

    private static String id(QuestionParameters parameters) {
        String id = parameters.text(ID, "").toLowerCase(Locale.ROOT);
        if (!BEGINNING.matcher(id).matches()) {
            throw new IllegalArgumentException("'" + Printable.of(id)
                    + "' is not the id of an incident or outage, or at least four digits of it, such as 3f2a9c01b77e");
        }
        return id;
    }
}

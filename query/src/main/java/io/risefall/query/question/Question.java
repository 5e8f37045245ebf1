package io.risefall.query.question;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;

/**
 * A kind of question, named as its command. Its parameters are texts, as they cross HTTP. Implementations have no state, and any
 * number of threads may ask at once.
 */
public interface Question {
    /** The exit code of a question that was answered. */
    int ANSWERED = 0;

    /** The command's name, which is also the path at the service. */
    String name();

    /**
     * Writes the answer as UTF-8 and leaves {@code out} open.
     *
     * @return the command's exit code
     * @throws io.risefall.query.sql.QueryException where what is asked for does not exist
     * @throws IllegalArgumentException where a parameter is invalid
     */
    int answer(QuestionContext context, QuestionParameters parameters, OutputStream out)
            throws SQLException, IOException;
}

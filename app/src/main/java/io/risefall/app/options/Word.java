package io.risefall.app.options;

import io.risefall.query.explain.render.ExplainFormat;
import io.risefall.query.report.render.ReportFormat;
import io.risefall.query.sql.ResultFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A word of a fixed set, in lower case on the command line. */
public abstract class Word<E extends Enum<E>> implements ITypeConverter<E> {
    private final Class<E> words;

    private Word(Class<E> words) {
        this.words = words;
    }

    @Override
    public E convert(String value) {
        return Arrays.stream(words.getEnumConstants())
                .filter(word -> lower(word).equals(value))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + value + "' is none of "
                        + Arrays.stream(words.getEnumConstants())
                                .map(Word::lower)
                                .collect(Collectors.joining(", "))));
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    /** How a query's rows are printed. */
    public static final class OfTable extends Word<ResultFormat> {
        OfTable() {
            super(ResultFormat.class);
        }
    }

    /** How a report is printed. */
    public static final class OfReport extends Word<ReportFormat> {
        OfReport() {
            super(ReportFormat.class);
        }
    }

    /** How an explanation is printed. */
    public static final class OfExplanation extends Word<ExplainFormat> {
        OfExplanation() {
            super(ExplainFormat.class);
        }
    }
}

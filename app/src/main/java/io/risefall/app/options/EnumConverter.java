package io.risefall.app.options;

import io.risefall.query.answer.AnswerFormat;
import io.risefall.query.diagnose.DiagnosisFormat;
import io.risefall.query.explain.render.ExplainFormat;
import io.risefall.query.report.period.PeriodFormat;
import io.risefall.query.sql.ResultFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts an option value to an enum constant; values are in lower case on the command line. */
public abstract class EnumConverter<E extends Enum<E>> implements ITypeConverter<E> {
    private final Class<E> type;

    private EnumConverter(Class<E> type) {
        this.type = type;
    }

    @Override
    public E convert(String value) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> lower(constant).equals(value))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("unknown value '" + value + "': use one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(EnumConverter::lower)
                                .collect(Collectors.joining(", "))));
    }

    /** How a constant is written on the command line. */
    public static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** How a query's rows are printed. */
    public static final class OfTable extends EnumConverter<ResultFormat> {
        OfTable() {
            super(ResultFormat.class);
        }
    }

    /** How a report is printed. */
    public static final class OfReport extends EnumConverter<PeriodFormat> {
        OfReport() {
            super(PeriodFormat.class);
        }
    }

    /** How an explanation is printed. */
    public static final class OfExplanation extends EnumConverter<ExplainFormat> {
        OfExplanation() {
            super(ExplainFormat.class);
        }
    }

    /** How an answer is printed. */
    public static final class OfAnswer extends EnumConverter<AnswerFormat> {
        OfAnswer() {
            super(AnswerFormat.class);
        }
    }

    /** How a diagnosis is printed. */
    public static final class OfDiagnosis extends EnumConverter<DiagnosisFormat> {
        OfDiagnosis() {
            super(DiagnosisFormat.class);
        }
    }
}

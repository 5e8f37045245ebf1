package io.risefall.app.process;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Configures logging: everything to a rolling file, Risefall's own warnings also to standard error; all that Risefall itself says if
 * it is told to be verbose. Kafka clients warn about problems that they solve themselves, so those warnings stay in the file.
 */
public final class Logs {
    private static final String OURS = "io.risefall";

    private static final String LINE = "%date{\"yyyy-MM-dd'T'HH:mm:ss.SSSXXX\"} %-5level %logger{30} - %msg%n";

    private static final String VERBOSE = "verbose";

    /** Prefix of a child's warnings. */
    public static final String CHILD_WARNING = "WARNING: ";

    private Logs() {}

    static Path file(Path dataDir) {
        return file(dataDir, "risefall");
    }

    private static Path file(Path dataDir, String name) {
        return dataDir.resolve("logs").resolve(name + ".log");
    }

    /** Configures logging for the whole process; a later call replaces it. */
    public static void start(Path dataDir, OutputStream err, boolean debug, boolean verbose) {
        String pattern = verbose ? LINE : "risefall: %msg%n";
        start(file(dataDir), standardError(err, debug ? pattern : pattern + "%nopex", verbose), debug);
        context().putProperty(VERBOSE, Boolean.toString(verbose));
    }

    /** Whether standard error has the whole log. */
    public static boolean isVerbose() {
        return Boolean.parseBoolean(context().getProperty(VERBOSE));
    }

    /**
     * As above, in a child: to its own file, with warnings as single lines, which the parent prints.
     *
     * @param name name of the file
     * @see #CHILD_WARNING
     */
    public static void startChild(Path dataDir, String name, OutputStream err, boolean debug, boolean verbose) {
        String warning = "%replace(%level){'(WARN|ERROR)', '" + CHILD_WARNING + "'}";
        start(
                file(dataDir, name),
                standardError(err, "%replace(" + warning + "){'^[A-Z]+$', ''}%msg%n%nopex", verbose),
                debug);
    }

    private static void start(Path file, OutputStreamAppender<ILoggingEvent> standardError, boolean debug) {
        LoggerContext context = context();
        context.reset();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(debug ? Level.INFO : Level.WARN);
        context.getLogger(OURS).setLevel(debug ? Level.DEBUG : Level.INFO);
        root.addAppender(file(context, file));
        standardError.start();
        context.getLogger(OURS).addAppender(standardError);
        // The part reports that its thread ended; the stack trace goes to the file.
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, e) -> LoggerFactory.getLogger("risefall").error("thread {} ended", thread.getName(), e));
    }

    /** Closes the file and stops logging. */
    public static void stop() {
        LoggerContext context = context();
        context.reset();
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
    }

    private static FileAppender<ILoggingEvent> file(LoggerContext context, Path file) {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setEncoder(encoder(context, LINE));

        FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setFileNamePattern(file + ".%i");
        rolling.setMaxIndex(3);
        rolling.start();
        appender.setRollingPolicy(rolling);

        SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
        size.setContext(context);
        size.setMaxFileSize(FileSize.valueOf("10MB"));
        size.start();
        appender.setTriggeringPolicy(size);
        appender.start();
        return appender;
    }

    /** Not started here: resetting the context stops started appenders. */
    private static OutputStreamAppender<ILoggingEvent> standardError(
            OutputStream err, String pattern, boolean verbose) {
        LoggerContext context = context();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder(context, pattern));
        appender.setOutputStream(new Unclosed(err));
        ThresholdFilter filter = new ThresholdFilter();
        filter.setLevel((verbose ? Level.INFO : Level.WARN).toString());
        filter.start();
        appender.addFilter(filter);
        return appender;
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }

    private static PatternLayoutEncoder encoder(LoggerContext context, String pattern) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(pattern);
        encoder.start();
        return encoder;
    }

    /** Does not close standard error. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}

package io.risefall.query.alert.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.risefall.query.alert.model.AlertMessage;
import io.risefall.query.text.Printable;
import io.risefall.query.text.Shortened;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program of the user's. It gets what a webhook gets, on its standard input, and the most important of it in variables. No shell
 * has a part in it, and nothing of a message is an argument. It acknowledges with exit code 0.
 */
final class CommandChannel implements Channel {
    private static final Logger LOG = LoggerFactory.getLogger(CommandChannel.class);

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration AFTER_KILL = Duration.ofSeconds(5);
    private static final int OUTPUT_BYTES = 8 * 1024;
    private static final int LONGEST_ANSWER = 200;
    private static final int LONGEST_VARIABLE = 2000;
    /** What else is in the environment of Risefall may be secret. */
    private static final Set<String> KEPT = Set.of("PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TZ", "TMPDIR");

    private final List<String> command;
    private final Duration timeout;

    CommandChannel(ChannelSettings settings) {
        command = settings.list("command");
        if (command.isEmpty()) {
            throw new SettingException(null, "a command channel needs command: [/path/to/program, argument]");
        }
        if (!Path.of(command.get(0)).isAbsolute()) {
            throw new SettingException(
                    "command", "command must begin with the whole path of a program, such as [/usr/local/bin/notify]");
        }
        timeout = settings.timeout(TIMEOUT);
    }

    /** Arguments may be meant for nobody else. */
    @Override
    public String target() {
        return "program " + Printable.of(command.get(0));
    }

    @Override
    public String send(Outgoing outgoing) throws DeliveryException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().retainAll(KEPT);
        builder.environment().putAll(variables(outgoing));
        try {
            return run(builder.start(), WebhookJson.of(outgoing));
        } catch (IOException e) {
            throw new DeliveryException("cannot start " + target() + ": " + ChannelSecrets.reason(e), e);
        }
    }

    private String run(Process process, ObjectNode json) throws DeliveryException, InterruptedException {
        byte[] input = (json + "\n").getBytes(StandardCharsets.UTF_8);
        thread("alert-command-input", () -> write(process, input));
        Output output = new Output(process.getInputStream());
        Thread reading = thread("alert-command-output", output);
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new DeliveryException(target() + " did not end within " + timeout.toSeconds() + " s");
            }
            // A child of it may keep the pipe open for longer than it lives.
            reading.join(TimeUnit.SECONDS.toMillis(1));
            if (process.exitValue() != 0) {
                throw new DeliveryException(target() + " ended with exit code " + process.exitValue() + output.words());
            }
            return "exit code 0" + output.words();
        } finally {
            kill(process);
        }
    }

    private static void kill(Process process) throws InterruptedException {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor(AFTER_KILL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void write(Process process, byte[] input) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input);
        } catch (IOException e) {
            LOG.debug("a program did not read its input", e);
        }
    }

    private static Map<String, String> variables(Outgoing outgoing) {
        Map<String, String> variables = new TreeMap<>();
        put(variables, "DELIVERY_ID", outgoing.deliveryId());
        put(variables, "SUBJECT", NoticeWords.subject(outgoing));
        if (outgoing instanceof AlertNotice notice) {
            AlertMessage message = notice.message();
            put(variables, "TEST", Boolean.toString(notice.test()));
            put(variables, "ALERT_ID", message.alertId());
            put(variables, "TRANSITION", word(message.transition()));
            put(variables, "PROBLEM", message.problem().word());
            put(variables, "SEVERITY", word(message.severity()));
            put(variables, "LINK", notice.link());
        }
        return variables;
    }

    private static void put(Map<String, String> variables, String name, String value) {
        variables.put("RISEFALL_" + name, Shortened.to(Printable.of(value), LONGEST_VARIABLE));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** The begin of what it prints; the rest is read and thrown away, so that it can go on. */
    private static final class Output implements Runnable {
        private final InputStream in;

        @SuppressWarnings("JdkObsolete") // one thread writes, another one reads
        private final StringBuffer begin = new StringBuffer();

        Output(InputStream in) {
            this.in = in;
        }

        @Override
        public void run() {
            byte[] block = new byte[OUTPUT_BYTES];
            try {
                for (int read = in.read(block); read >= 0; read = in.read(block)) {
                    if (begin.length() < OUTPUT_BYTES) {
                        begin.append(new String(block, 0, read, StandardCharsets.UTF_8));
                    }
                }
            } catch (IOException e) {
                LOG.debug("the output of a program ended", e);
            }
        }

        String words() {
            String line = Printable.of(begin.toString().strip().replaceAll("\\s+", " "));
            return line.isEmpty() ? "" : ": " + Shortened.to(line, LONGEST_ANSWER);
        }
    }
}

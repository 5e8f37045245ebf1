package io.risefall.ingest;

import io.risefall.schemas.Corpus;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Lines made to deceive a reader that does not read every one: headers that look alike, messages that begin nearly like
 * health, health in the wrong places, bytes that are no text, in the night in which summer time ends. The same random
 * numbers give the same lines.
 */
final class MisleadingLog {
    private static final DateTimeFormatter TRADITIONAL = DateTimeFormatter.ofPattern("MMM d HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String DOWN = "Server app/srv1 is DOWN, reason: Layer4 timeout, check duration: 2001ms."
            + " 1 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.";
    private static final String TRAFFIC =
            "10.0.0.1:4711 [25/Oct/2026:02:00:00.000] web app/srv1 0/0/1/2/3 200 9 - - ----";
    private static final List<String> HOSTS = List.of(
            "lb1", "lb2", "localhost", "-", "Proxy", "backend", "proxy", "Server", "10.0.0.7", "f\u00fcnf", "F");
    private static final List<String> TAGS =
            List.of("haproxy", "haproxy", "haproxy", "blue_lb", "haproxy-exporter", "cron", "reason");
    private static final List<String> MESSAGES = List.of(
            DOWN,
            TRAFFIC,
            "backend app has no server available!",
            "proxy app has no server available!",
            "Proxy app stopped (cumulated conns: FE: 0, BE: 12).",
            "Proxy app started.",
            "started.",
            "stopped (FE: 1 conns, BE: 2 conns).",
            "hard-stopped (2 remaining conns will be closed).",
            "has no server available!",
            "Health check for server app/srv1 failed, reason: Layer4 timeout, check duration: 9ms, status: 1/3 UP.",
            "Agent check for server app/srv1 failed, reason: Layer4 timeout",
            "Health check for server app/srv1 said nothing of this kind.",
            "10.0.0.1:80/srv1 changed its IP from 1.2.3.4 to 5.6.7.8 by dns/ns1.",
            "app/srv1: IP changed from '1.2.3.4' to '5.6.7.8' by 'dns/ns1'.",
            "7/srv1: port changed from '1' to '2' by 'dns/ns1'.",
            "7/srv1 changed its mind",
            "7 changed its IP from 1.2.3.4 to 5.6.7.8 by dns/ns1.",
            "\"GET /Server app/srv1 is DOWN HTTP/1.1\"",
            "[WARNING]  (4043) : " + DOWN,
            "[ALERT] 297/021500 (4043) : backend 'app' has no server available!",
            "message repeated 3 times: [ " + DOWN + "]",
            "message repeated 3 times: [ " + TRAFFIC + "]",
            "\ufeff" + DOWN,
            " " + DOWN,
            "<129>" + DOWN,
            "{\"MESSAGE\":\"" + DOWN.replace("\"", "\\\"") + "\"}",
            "Nov 25 02:00:00 lb1 haproxy[1]: " + DOWN,
            "2026-10-25T02:00:00Z lb1 haproxy[1]: " + DOWN,
            "stdout F " + DOWN,
            "SIGHUP: Server app/srv1 is UP. Conn: 0 act, 0 pend, 0 tot.",
            "Connect() failed for backend app: no free ports.",
            "Stopping backend app in 0 ms.",
            "Load-balancing on Server app/srv1 is disabled.",
            "haproxy[4043]: " + DOWN,
            "lb1 haproxy[4043]: " + DOWN,
            "GET",
            "x",
            "",
            "\0",
            "\r",
            "\0\0\r\0",
            "7#012",
            "#012#012",
            "x".repeat(2000),
            "x/".repeat(800) + " changed its IP from 1.2.3.4 to 5.6.7.8 by dns/ns1.");

    private final Random random;
    private final List<String> wordings = Corpus.messages("3.5-dev5");

    /** Half an hour before the doubled hour. */
    private Instant now = Instant.parse("2026-10-24T23:30:00Z");

    private final List<String> headers = new ArrayList<>();
    private final List<Instant> times = new ArrayList<>();
    private String header = "";
    private String message = "";
    private String micros = "";

    MisleadingLog(Random random) {
        this.random = random;
    }

    /** So many lines; the last one may have no end. */
    byte[] lines(int count) {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        for (byte[] line : messages(count)) {
            log.writeBytes(line);
            log.write('\n');
        }
        byte[] bytes = log.toByteArray();
        return random.nextBoolean() ? bytes : Arrays.copyOf(bytes, bytes.length - 1);
    }

    List<byte[]> messages(int count) {
        List<byte[]> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(bent(line().getBytes(StandardCharsets.UTF_8)));
        }
        return lines;
    }

    private String line() {
        if (random.nextInt(3) == 0) {
            // Mostly on, sometimes a little back, as with two relays; now and then much, or to a moment that was
            // before.
            now = now.plusMillis(random.nextInt(20) == 0 ? random.nextInt(1_200_000) : random.nextInt(6000) - 2000);
            times.add(now);
            now = times.get(Math.max(0, times.size() - 1 - (random.nextInt(3) == 0 ? random.nextInt(3) : 0)));
        }
        if (random.nextInt(4) == 0 || header.isEmpty()) {
            headers.add(header());
            header = any(headers.subList(Math.max(0, headers.size() - 3), headers.size()));
            micros = any(List.of("", ".1", ".123", ".123456", ".123456789", ".", ".999999"));
        } else if (random.nextInt(2) == 0) {
            header = header.contains("stdout P ")
                    ? header.replace("stdout P ", "stdout F ")
                    : header.replace("stdout F ", "stdout P ");
        }
        if (random.nextInt(2) == 0) {
            message = message();
        }
        return timestamped(header) + message;
    }

    private String message() {
        return random.nextInt(4) == 0 ? any(wordings) : any(MESSAGES);
    }

    /** With T, I and Z where a traditional timestamp, one with microseconds and one in UTC stand. */
    private String header() {
        String tag = any(TAGS) + any(List.of("", "[4043]", "[4044]", "[x]"));
        String priority = any(List.of("", "", "<134>", "<129>", "<1>"));
        return switch (random.nextInt(22)) {
            case 0, 1 -> priority + "T " + any(HOSTS) + " " + tag + ": ";
            case 2 -> priority + "T " + tag + ": ";
            case 3, 4, 5 -> priority + "I " + any(HOSTS) + " " + tag + ": ";
            case 6 -> priority + "I " + any(HOSTS) + " " + any(HOSTS) + " " + tag + ": ";
            case 7 -> "<134>1 " + any(List.of("I", "Z", "-")) + " " + any(HOSTS) + " " + any(TAGS) + " 4043 - - ";
            case 8 -> "<134>1 I " + any(HOSTS) + " haproxy 4043 - [a b=\"]\"][c] ";
            case 9 -> "Z stdout " + any(List.of("F", "P")) + " " + any(List.of("", "T haproxy[1]: "));
            case 10 ->
                "Z " + priority
                        + any(List.of("T lb1 haproxy[1]: ", "I lb1 haproxy[1]: ", "<134>1 - lb1 haproxy 1 - - "));
            case 11 -> any(List.of("", priority, "I ", "T "));
            case 12 -> "T lb1 local0.info haproxy[4043]: ";
            case 13 -> priority + any(List.of("I ", "Z ", "1795393316.466547 ")) + tag + ": ";
            case 14 -> "Z web_haproxy.1.x7s@" + any(HOSTS) + "    | " + any(List.of("", "T haproxy[1]: "));
            case 15 -> any(List.of("haproxy-1  | ", "lb_1  | ", "web  | ", "lb | ")) + any(List.of("", "I ", "Z "));
            case 16 ->
                any(List.of("12:", "haproxy.log:", "haproxy.log:7:", "syslog-9-", "> ", "\t", "  ")) + "T lb1 " + tag
                        + ": ";
            case 17 -> any(List.of("T 2026 ", "T EST ", "T IST ", "T XYZ ")) + any(List.of("", "lb1 ")) + tag + ": ";
            case 18 ->
                any(List.of("2026-10-25 02:00:00 ", "2026/10/25 02:00:00,5 CET ", "Okt 25 02:00:00 ")) + tag + ": ";
            case 19 ->
                any(List.of("[pod/lb-1/lb] ", "[pod/haproxy-1/x] ", "haproxy-1 lb "))
                        + any(List.of("", "Z ", "T lb1 haproxy[1]: "));
            case 20 -> "[13412.529515] " + any(HOSTS) + " " + tag + ": ";
            default -> "T lb1 haproxy[4043] ";
        };
    }

    private String timestamped(String form) {
        StringBuilder timestamped = new StringBuilder();
        boolean done = false;
        for (int i = 0; i < form.length(); i++) {
            char c = form.charAt(i);
            boolean alone = i + 1 < form.length()
                    && form.charAt(i + 1) == ' '
                    && (i == 0 || !Character.isLetter(form.charAt(i - 1)));
            if (alone && c == 'T') {
                timestamped.append(TRADITIONAL.format(now.atZone(BERLIN)));
            } else if (alone && c == 'I') {
                timestamped
                        .append(SECONDS.format(now.atOffset(ZoneOffset.UTC)))
                        .append(done ? "" : micros)
                        .append("+00:00");
                done = true;
            } else if (alone && c == 'Z') {
                timestamped
                        .append(SECONDS.format(now.atOffset(ZoneOffset.UTC)))
                        .append(micros)
                        .append('Z');
            } else {
                timestamped.append(c);
            }
        }
        return timestamped.toString();
    }

    /** Now and then a byte becomes another one, or the line ends early. */
    private byte[] bent(byte[] line) {
        if (line.length > 0 && random.nextInt(12) == 0) {
            byte[] wrong = {' ', ':', '/', '[', '\r', 0, (byte) 0xff, '0', '9', '-', '.', 'T', '<'};
            line[random.nextInt(Math.min(line.length, 80))] = wrong[random.nextInt(wrong.length)];
        }
        return random.nextInt(25) == 0 ? Arrays.copyOf(line, random.nextInt(line.length + 1)) : line;
    }

    private String any(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}

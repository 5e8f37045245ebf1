import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends health lines over UDP, each when the row of the one before is there, and prints how long the rows took: {@code java
 * bench/Latency.java HOST:PORT DATA LINES}. The service that runs on DATA is asked over and over.
 */
public final class Latency {
    /** The first lines find a service that has just started. */
    private static final int WARM_UP = 20;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final String token;

    private Latency(Path data) throws IOException {
        String service = Files.readString(data.resolve("service.json"));
        url = field(service, "url");
        token = field(service, "token");
    }

    public static void main(String[] arguments) throws Exception {
        String[] target = arguments[0].split(":");
        int lines = Integer.parseInt(arguments[2]);
        Latency latency = new Latency(Path.of(arguments[1]));
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(target[0], Integer.parseInt(target[1])));
            double[] events = new double[lines];
            double[] states = new double[lines];
            for (int i = -WARM_UP; i < lines; i++) {
                boolean down = i % 2 == 0;
                byte[] line = line(down).getBytes(StandardCharsets.US_ASCII);
                long sent = System.nanoTime();
                socket.send(new DatagramPacket(line, line.length));
                String count = Integer.toString(i + WARM_UP + 1);
                double event = latency.await("select count(*) from events", count, sent);
                double state = latency.await("select state from servers", down ? "down" : "up", sent);
                if (i >= 0) {
                    events[i] = event;
                    states[i] = state;
                }
            }
            print("events", events);
            print("servers", states);
        }
    }

    private static String line(boolean down) {
        String end = down
                ? "DOWN, reason: Layer4 timeout, check duration: 2001ms. 0 active and 0 backup servers left."
                        + " 0 sessions active, 0 requeued, 0 remaining in queue."
                : "UP, reason: Layer4 check passed, check duration: 0ms. 1 active and 0 backup servers online."
                        + " 0 sessions requeued, 0 total in queue.";
        return "<" + (down ? 129 : 133) + ">1 " + Instant.now() + " lb1 haproxy 10 - - Server app/web1 is " + end;
    }

    /** Milliseconds until the only value that the query selects is the wanted one. */
    private double await(String sql, String wanted, long since) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/sql?format=CSV&width=0"))
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString(sql))
                .build();
        String answer;
        do {
            answer = http.send(request, BodyHandlers.ofString()).body();
        } while (!answer.strip().endsWith("\n" + wanted) && !answer.strip().endsWith("\r\n" + wanted));
        return (System.nanoTime() - since) / 1e6;
    }

    private static void print(String view, double[] millis) {
        Arrays.sort(millis);
        System.out.printf(
                "%s: %d lines, median %.0f ms, 99 %% within %.0f ms, longest %.0f ms%n",
                view,
                millis.length,
                millis[millis.length / 2],
                millis[(int) Math.ceil(0.99 * millis.length) - 1],
                millis[millis.length - 1]);
    }

    private static String field(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no " + name + " in service.json");
        }
        return matcher.group(1);
    }
}

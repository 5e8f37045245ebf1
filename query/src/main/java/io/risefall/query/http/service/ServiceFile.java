package io.risefall.query.http.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a running service is found: a file in the data directory that only its owner can read, because who has the token
 * may query.
 *
 * @param url where it answers
 * @param token what a request must show
 * @param pid its process
 * @param bootstrapServers the Kafka that it reads
 */
record ServiceFile(String url, String token, long pid, String bootstrapServers) {
    private static final String NAME = "service.json";
    private static final List<String> FIELDS = List.of("url", "token", "pid", "bootstrapServers");

    /** Where a {@link QueryService} listens for programs: on this host. Nobody else is told the token; the launcher has the same rule. */
    private static final Pattern URL = Pattern.compile(
            "http://(127(\\.(\\d|[1-9]\\d|1\\d\\d|2[0-4]\\d|25[0-5])){3}|\\[(::1|0:0:0:0:0:0:0:1)]):(?<port>\\d{1,5})");

    private static final int LAST_PORT = 0xffff;

    /** It stands in a header. */
    private static final Pattern TOKEN = Pattern.compile("\\w+");

    static Path in(Path dataDir) {
        return dataDir.resolve(NAME);
    }

    void write(Path dataDir) throws IOException {
        Path temporary = Files.createTempFile(
                dataDir,
                NAME,
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        new ObjectMapper().writeValue(temporary.toFile(), this);
        Files.move(temporary, in(dataDir), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What stands in the file; empty where there is none, or none that a service has written. */
    static Optional<ServiceFile> read(Path dataDir) {
        // Field by field: a mapper takes longer to make than a service to answer.
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = new JsonFactory().createParser(Files.readAllBytes(in(dataDir)))) {
            while (json.nextToken() != null) {
                if (json.currentToken() != JsonToken.FIELD_NAME
                        && json.currentToken().isScalarValue()) {
                    fields.put(json.currentName(), json.getText());
                }
            }
            if (!fields.keySet().containsAll(FIELDS)
                    || !isOfThisHost(fields.getOrDefault("url", ""))
                    || !TOKEN.matcher(fields.getOrDefault("token", "")).matches()) {
                return Optional.empty();
            }
            return Optional.of(new ServiceFile(
                    fields.getOrDefault("url", ""),
                    fields.getOrDefault("token", ""),
                    Long.parseLong(fields.getOrDefault("pid", "")),
                    fields.getOrDefault("bootstrapServers", "")));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty(); // not there, or of another version: as good as none
        }
    }

    private static boolean isOfThisHost(String url) {
        Matcher matcher = URL.matcher(url);
        return matcher.matches() && Integer.parseInt(matcher.group("port")) <= LAST_PORT;
    }
}

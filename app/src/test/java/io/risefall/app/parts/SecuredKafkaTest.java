package io.risefall.app.parts;

import static io.risefall.app.driver.AwaitedAnswers.awaitAnswer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.risefall.app.driver.BrokerCluster;
import io.risefall.app.driver.CommandRunner;
import io.risefall.app.driver.Logfiles;
import io.risefall.app.driver.StoppablePart;
import io.risefall.app.driver.SupervisedPart;
import io.risefall.app.kafka.KafkaSettings;
import io.risefall.schemas.suite.RealParts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Kafka that requires TLS and a login of every client (SASL_SSL), and has an authorizer: from a line in a file to a row, each
 * part with a user of its own and with the rights that docs/operate.md lists. The broker's log of granted rights shows that
 * the parts need them.
 */
@RealParts
class SecuredKafkaTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String PASSWORD = "k33p-me-secret";
    private static final String SCRAM = "SCRAM-SHA-512";
    /** A row of the table of rights. */
    private static final Pattern RIGHT =
            Pattern.compile("\\| `(\\w+)` \\| (topic|group|transactional-id) \\| `([^`*]+)(\\*?)` \\| ([^|]+) \\|");

    private static final Pattern GRANTED = Pattern.compile(
            "Principal = User:(\\w+) is Allowed operation = (\\w+) from host = \\S+ on resource = (\\w+):LITERAL:(\\S+) ");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path temp;

    private final CommandRunner risefall = new CommandRunner();
    private final List<StoppablePart> parts = new ArrayList<>();
    private X509Bundle authority;
    private BrokerCluster kafka;

    @BeforeEach
    void startKafka() throws Exception {
        authority = new CertificateBuilder()
                .subject("CN=authority")
                .setIsCertificateAuthority(true)
                .ecp256()
                .buildSelfSigned();
        Files.writeString(temp.resolve("authority.pem"), authority.getCertificatePEM());
        Path keys = temp.resolve("broker.p12");
        try (OutputStream out = Files.newOutputStream(keys)) {
            new CertificateBuilder()
                    .subject("CN=localhost")
                    .addSanIpAddress("127.0.0.1")
                    .ecp256()
                    .buildIssuedBy(authority)
                    .toKeyStore("PKCS12", PASSWORD.toCharArray())
                    .store(out, PASSWORD.toCharArray());
        }
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("listener.security.protocol.map", "CLIENTS:SASL_SSL,BROKERS:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("sasl.enabled.mechanisms", "PLAIN," + SCRAM);
        settings.put(
                "listener.name.clients.plain.sasl.jaas.config",
                Stream.of("root", "topics", "streams", "note")
                        .map(user -> " user_" + user + "=\"" + PASSWORD + "\"")
                        .collect(Collectors.joining("", login("plain.Plain"), ";")));
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        // The brokers among themselves, and who gives the rights.
        settings.put("super.users", "User:ANONYMOUS;User:root");
        settings.put("listener.name.clients.scram-sha-512.sasl.jaas.config", login("scram.Scram") + ";");
        settings.put("ssl.keystore.location", keys.toString());
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("ssl.keystore.password", PASSWORD);
        kafka = new BrokerCluster(
                temp.resolve("kafka"),
                1,
                settings,
                List.of(
                        SCRAM + "=[name=ingest,password=" + PASSWORD + "]",
                        SCRAM + "=[name=serve,password=" + PASSWORD + "]"));
        kafka.start(KafkaSettings.read(client("root", "PLAIN", PASSWORD)));
    }

    @AfterEach
    void stop() throws Exception {
        for (StoppablePart part : parts) {
            part.kill();
        }
        kafka.close();
    }

    private static String login(String module) {
        return "org.apache.kafka.common.security." + module + "LoginModule required";
    }

    private Path client(String user, String mechanism, String password) throws IOException {
        return Files.write(
                temp.resolve(user + ".properties"),
                List.of(
                        "security.protocol=SASL_SSL",
                        "ssl.truststore.type=PEM",
                        "ssl.truststore.location=" + temp.resolve("authority.pem"),
                        "sasl.mechanism=" + mechanism,
                        "sasl.jaas.config=" + login(mechanism.equals("PLAIN") ? "plain.Plain" : "scram.Scram")
                                + " username=\"" + user + "\" password=\"" + password + "\";"));
    }

    private String[] as(Path client, String... command) {
        List<String> arguments = new ArrayList<>(Arrays.asList(command));
        arguments.addAll(List.of("--bootstrap-servers", kafka.bootstrapServers(), "--kafka-config", client.toString()));
        return arguments.toArray(String[]::new);
    }

    private SupervisedPart start(String name, Path client, String... command) throws Exception {
        SupervisedPart part =
                new SupervisedPart(name, Files.createDirectories(temp.resolve(name)), as(client, command));
        parts.add(part);
        part.start();
        return part;
    }

    /**
     * A right that a part has.
     *
     * @param prefix whether {@code name} is only the beginning
     */
    private record Right(String part, ResourceType type, String name, boolean prefix, List<AclOperation> operations) {
        Stream<AclBinding> bindings() {
            return operations.stream()
                    .map(operation -> new AclBinding(
                            new ResourcePattern(type, name, prefix ? PatternType.PREFIXED : PatternType.LITERAL),
                            new AccessControlEntry("User:" + part, "*", operation, AclPermissionType.ALLOW)));
        }

        /** The operations that nobody used. */
        List<AclOperation> unused(List<MatchResult> granted) {
            return operations.stream()
                    .filter(operation -> granted.stream()
                            .noneMatch(use -> use.group(1).equals(part)
                                    && use.group(2).equals(operation.name())
                                    && ResourceType.fromString(use.group(3).replaceAll("(?<=[a-z])(?=[A-Z])", "_"))
                                            == type
                                    && (prefix
                                            ? use.group(4).startsWith(name)
                                            : use.group(4).equals(name))))
                    .toList();
        }
    }

    private static List<Right> documented() throws IOException {
        Matcher row = RIGHT.matcher(Files.readString(Path.of("../docs/operate.md")));
        return row.results()
                .map(right -> new Right(
                        right.group(1),
                        ResourceType.fromString(right.group(2).replace('-', '_')),
                        right.group(3),
                        !right.group(4).isEmpty(),
                        Stream.of(right.group(5).split(", "))
                                .map(word -> AclOperation.fromString(word.replaceAll("(?<=[a-z])(?=[A-Z])", "_")))
                                .toList()))
                .toList();
    }

    private void grant(List<Right> rights) throws Exception {
        Map<String, String> root = KafkaSettings.read(client("root", "PLAIN", PASSWORD));
        try (Admin admin = Admin.create(kafka.address(root).clientProperties())) {
            admin.createAcls(rights.stream().flatMap(Right::bindings).toList())
                    .all()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void aLineBecomesARowWithTheDocumentedRights() throws Exception {
        List<Right> rights = documented();
        assertThat(rights)
                .hasSizeGreaterThan(10)
                .noneMatch(right -> right.operations().contains(AclOperation.UNKNOWN));
        Path topics = client("topics", "PLAIN", PASSWORD);
        assertThat(risefall.run(as(topics, "topics", "create"))).isEqualTo(1);
        grant(rights);

        assertThat(risefall.run(as(topics, "topics", "create", "--partitions", "2")))
                .as(risefall.err())
                .isZero();
        Path log = Logfiles.copy("basic-2.6", "rsyslog-iso.log", temp.resolve("haproxy.log"));
        SupervisedPart serve = start(
                "serve",
                client("serve", SCRAM, PASSWORD),
                "serve",
                "--leader-elect",
                "--zone",
                "UTC",
                "--http",
                "127.0.0.1:0");
        start("streams", client("streams", "PLAIN", PASSWORD), "streams");
        SupervisedPart ingest =
                start("ingest", client("ingest", SCRAM, PASSWORD), "ingest", "--zone", "UTC", "--tail", log.toString());

        await("serve works").atMost(PATIENCE).until(serve::isWorking);
        awaitAnswer("rows")
                .atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(count(serve, "outages")).as(() -> outputs()).isEqualTo(16));
        assertThat(count(serve, "events")).isEqualTo(73);

        Path note = client("note", "PLAIN", PASSWORD);
        assertThat(risefall.run(
                        as(note, "note", "deploy", "--data", serve.data().toString())))
                .as(risefall.err())
                .isZero();
        assertThat(count(serve, "changes where kind = 'note'")).isEqualTo(1);

        topicsAreRespected(topics);
        whoCannotLogInIsTold();
        assertThat(outputs()).doesNotContain(PASSWORD);
        // With its right password again, it reads where it was.
        client("ingest", SCRAM, PASSWORD);
        assertThat(ingest.stop()).isZero();
        ingest.start();
        await("rights that are used").atMost(PATIENCE).untilAsserted(() -> areUsed(rights));
    }

    private void areUsed(List<Right> rights) {
        List<MatchResult> granted = GRANTED.matcher(kafka.output()).results().toList();
        // How long a note waits, and so what it asks for, depends on the moment.
        assertThat(rights)
                .filteredOn(right -> !right.part().equals("note"))
                .allSatisfy(right ->
                        assertThat(right.unused(granted)).as(right.toString()).isEmpty());
    }

    private void topicsAreRespected(Path client) {
        assertThat(risefall.run(as(client, "topics", "check")))
                .as(risefall.out())
                .isZero();
        assertThat(risefall.out()).contains("haproxy.health.events.v1: ok", "risefall-");
        assertThat(risefall.run(as(client, "topics", "create", "--partitions", "12")))
                .isEqualTo(1);
        assertThat(risefall.err()).contains("nothing was created: haproxy.health.events.v1 has 2 partitions, not 12: ");
        assertThat(risefall.run(as(client, "topics", "create", "--replication", "5", "--dry-run")))
                .isEqualTo(1);
        assertThat(risefall.err()).contains("--replication 5 needs as many brokers, and there are 1");
        assertThat(risefall.run(as(client, "topics", "create"))).isZero();
        assertThat(risefall.err()).contains("all topics exist");
    }

    private void whoCannotLogInIsTold() throws IOException {
        Path wrong = client("ingest", SCRAM, "wrong-" + PASSWORD);
        assertThat(risefall.run(as(wrong, "topics", "list"))).isEqualTo(1);
        assertThat(risefall.err())
                .contains(
                        "refuses: Authentication failed", "user, password and mechanism in the file of --kafka-config")
                .doesNotContain(PASSWORD);
        assertThat(parts).allMatch(part -> part.ownEnds().isEmpty());
    }

    private String outputs() {
        StringBuilder all = new StringBuilder();
        parts.forEach(part -> all.append(part.name()).append(":\n").append(part.output()));
        return all.toString();
    }

    private long count(SupervisedPart serve, String from) {
        if (risefall.run(
                        "query",
                        "select count(*) from " + from,
                        "--format",
                        "csv",
                        "--data",
                        serve.data().toString())
                != 0) {
            return -1;
        }
        return Long.parseLong(risefall.out().lines().skip(1).findFirst().orElse("-1"));
    }
}

package io.risefall.app.parts;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A Kafka that requires TLS and a login of every client (SASL_SSL), from a line in a file to a row. */
@RealParts
@Timeout(300)
class SecuredKafkaTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String PASSWORD = "k33p-me-secret";
    private static final String SCRAM = "SCRAM-SHA-512";

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
                login("plain.Plain") + " user_streams=\"" + PASSWORD + "\" user_admin=\"" + PASSWORD + "\";");
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
        kafka.start(KafkaSettings.read(client("admin", "PLAIN", PASSWORD)));
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

    @Test
    void aLineBecomesARow() throws Exception {
        Path log = Logfiles.copy("basic-2.6", "rsyslog-iso.log", temp.resolve("haproxy.log"));
        Path admin = client("admin", "PLAIN", PASSWORD);
        assertThat(risefall.run(as(admin, "topics", "create", "--partitions", "2")))
                .as(risefall.err())
                .isZero();
        SupervisedPart serve =
                start("serve", client("serve", SCRAM, PASSWORD), "serve", "--zone", "UTC", "--http", "127.0.0.1:0");
        start("streams", client("streams", "PLAIN", PASSWORD), "streams");
        start("ingest", client("ingest", SCRAM, PASSWORD), "ingest", "--zone", "UTC", "--tail", log.toString());

        await("serve works").atMost(PATIENCE).until(serve::isWorking);
        await("rows")
                .atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(count(serve, "outages")).as(() -> outputs()).isEqualTo(16));
        assertThat(count(serve, "events")).isEqualTo(73);

        assertThat(risefall.run(
                        as(admin, "note", "deploy", "--data", serve.data().toString())))
                .as(risefall.err())
                .isZero();
        assertThat(count(serve, "changes where kind = 'note'")).isEqualTo(1);
        assertThat(outputs()).doesNotContain(PASSWORD);

        whoCannotLogInIsTold();
    }

    private void whoCannotLogInIsTold() throws IOException {
        Path wrong = client("ingest", SCRAM, "wrong-" + PASSWORD);
        assertThat(risefall.run(as(wrong, "topics", "list"))).isEqualTo(1);
        assertThat(risefall.err()).contains("Authentication failed").doesNotContain(PASSWORD);
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

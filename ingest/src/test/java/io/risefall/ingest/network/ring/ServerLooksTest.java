package io.risefall.ingest.network.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.network.stats.HaproxyProcess;
import io.risefall.ingest.network.stats.ToldServers;
import io.risefall.ingest.network.stats.ToldServers.Told;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.ObservedServer;
import io.risefall.schemas.message.ServerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is news from look to look. */
class ServerLooksTest {
    private final ServerLooks looks = new ServerLooks();
    private Instant now = Instant.parse("2026-11-23T00:00:00Z");

    @Test
    void onlyWhatChanged() {
        assertThat(look(server("a", "UP"), server("b", "DOWN"), server("c", "MAINT")))
                .containsExactly("a UP", "b DOWN", "c MAINT");
        assertThat(look(server("a", "UP 2/3"), server("b", "DOWN 1/2"), server("c", "MAINT (via x/y)")))
                .isEmpty();
        assertThat(look(server("a", "DOWN"), server("b", "UP"), server("c", "MAINT")))
                .containsExactly("a DOWN", "b UP");
        assertThat(look(server("a", "DOWN", "10.0.0.9:80"))).containsExactly("a DOWN");
        assertThat(look(server("b", "UP"))).as("it was gone").containsExactly("b UP");
    }

    @Test
    void afterAReloadWhatIsNotUp() {
        look(server("a", "UP"), server("b", "DOWN"));
        looks.begin();
        assertThat(look(server("a", "UP"), server("b", "DOWN"))).containsExactly("b DOWN");
        assertThat(look(server("a", "UP"), server("b", "DOWN"))).isEmpty();
        now = now.plus(Duration.ofMinutes(10));
        assertThat(look(server("a", "UP"), server("b", "DOWN"))).containsExactly("a UP");
        now = now.plus(Duration.ofDays(1));
        assertThat(look(server("a", "UP"), server("b", "DOWN"))).isEmpty();
    }

    @Test
    void whatNothingHasCheckedIsAwaited() {
        assertThat(look(unchecked("a", "UP 1/3"), unchecked("b", ServerStatus.NO_CHECK)))
                .isEmpty();
        assertThat(looks.isAwaiting()).isTrue();
        assertThat(look(server("a", "UP"), unchecked("b", ServerStatus.NO_CHECK)))
                .containsExactly("a UP");
        assertThat(looks.isAwaiting()).isFalse();
    }

    @Test
    void anEmptySlotIsNoServerUntilItIsOne() {
        assertThat(look(slot("a"))).isEmpty();
        assertThat(look(server("a", "UP"))).containsExactly("a UP");
        assertThat(look(slot("a"))).containsExactly("a MAINT");
    }

    @Test
    void whatIsNotInTheJournalIsTriedAgain() {
        ToldServers told = told(server("a", "UP"));
        assertThat(looks.news(told, now)).hasSize(1);
        assertThat(looks.news(told, now)).hasSize(1);
    }

    private List<String> look(Told... servers) {
        List<ObservedServer> news = looks.news(told(servers), now);
        news.forEach(server -> looks.published(server, now));
        return news.stream()
                .map(server -> server.server().server() + " " + server.status())
                .toList();
    }

    private static ToldServers told(Told... servers) {
        return new ToldServers(
                new HaproxyProcess("2.6", 7, "lb1", Duration.ZERO, false),
                Stream.of(servers).toList(),
                0);
    }

    private static Told server(String name, String status) {
        return server(name, status, "10.0.0.1:80");
    }

    private static Told server(String name, String status, String address) {
        return new Told(observed(name, status, address), false, true);
    }

    private static Told unchecked(String name, String status) {
        return new Told(observed(name, status, "10.0.0.1:80"), false, false);
    }

    private static Told slot(String name) {
        return new Told(observed(name, "MAINT", null), true, true);
    }

    private static ObservedServer observed(String name, String status, String address) {
        return new ObservedServer(
                new ServerName("web", name), false, ServerStatus.state(status), status, null, address, null);
    }
}

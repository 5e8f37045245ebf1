package io.risefall.query.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZoneNamesTest {
    private static final Instant AT = Instant.parse("2026-07-01T00:00:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Z",
                "UTC",
                "UTC+01:00",
                "GMT",
                "GMT-3",
                "+02:00",
                "-07:00",
                "+05:30",
                "+05:45",
                "+14:00",
                "Etc/GMT-2",
                "Europe/Berlin",
                "America/New_York"
            })
    void duckDbKnowsThem(String zone) throws Exception {
        String name = ZoneNames.of(ZoneId.of(zone));
        assertThat(ZoneId.of(name).getRules().getOffset(AT))
                .isEqualTo(ZoneId.of(zone).getRules().getOffset(AT));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select timezone('" + name + "', timestamptz '2026-07-01 00:00:00+00') is not null")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getBoolean(1)).isTrue();
        }
    }

    @Test
    void anOffsetThatNoZoneHasIsRefused() {
        assertThatThrownBy(() -> ZoneNames.of(ZoneId.of("+01:17")))
                .isInstanceOf(WarehouseException.class)
                .hasMessageContaining("+01:17")
                .hasMessageContaining("Europe/Berlin");
    }
}

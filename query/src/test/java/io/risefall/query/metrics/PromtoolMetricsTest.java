package io.risefall.query.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.risefall.schemas.suite.RealParts;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus' own tool reads what it would scrape, and finds nothing to criticize. */
@RealParts
class PromtoolMetricsTest {
    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");

    @TempDir
    Path folder;

    @Test
    void namesAndTypesAreAsPrometheusWantsThem() throws Exception {
        assumeTrue(Files.isExecutable(PROMTOOL), "promtool is not installed");
        String page = ScrapedPage.text(folder);
        assertThat(page.lines())
                .contains(
                        "risefall_ready{check=\"kafka\"} 1.0",
                        "risefall_ready{check=\"disk\"} 0.0",
                        "risefall_journal_bytes{journal=\"udp_0\"} 10.0",
                        "risefall_streams_members 2.0",
                        "risefall_servers{state=\"down\"} 1.0",
                        "risefall_servers{state=\"up\"} 0.0",
                        "risefall_servers_flapping 0.0",
                        "risefall_alerts_open{problem=\"servers_down\"} 1.0",
                        "risefall_alerts_open{problem=\"backend_empty\"} 0.0",
                        "risefall_alert_messages_total 2.0",
                        "risefall_notifications_sent_total{channel=\"ops-mail\"} 1.0",
                        "risefall_notifications_waiting{channel=\"ops-mail\"} 1.0",
                        "risefall_notifications_waiting{channel=\"folder:/srv\"} 1.0",
                        "risefall_notifications_given_up_total{channel=\"ops-mail\"} 1.0",
                        "risefall_notification_attempts_total{channel=\"ops-mail\",outcome=\"acknowledged\"} 4.0",
                        "risefall_notification_attempts_total{channel=\"ops-mail\",outcome=\"failed\"} 3.0",
                        "risefall_delivery_failures_total 0.0",
                        "risefall_alert_engine_failures_total 1.0",
                        "risefall_report_schedule_failures_total 0.0",
                        "risefall_sealed_manifests 12.0",
                        "risefall_sealed_bytes 34567.0",
                        "risefall_sealed_manifests_kept 2.0",
                        "risefall_sealed_manifests_written_total 5.0",
                        "risefall_sealing_failures_total 1.0",
                        "risefall_scheduled_reports{outcome=\"waiting\",report=\"day\"} 1.0",
                        "risefall_scheduled_reports{outcome=\"not_made\",report=\"week\"} 1.0",
                        "risefall_outages_open{node=\"lb1\",proxy=\"app\"} 1.0",
                        "risefall_ingest_repeats{source=\"udp:127.0.0.1:5514\"} 0.0",
                        "risefall_warehouse_written_records_total 7.0",
                        "risefall_warehouse_write_duration_seconds_count 1",
                        "risefall_warehouse_write_duration_seconds_bucket{le=\"0.1\"} 1",
                        "risefall_answer_duration_seconds_count{kind=\"sql\",outcome=\"answered\"} 1")
                .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
                .anyMatch(line -> line.startsWith("risefall_data_free_bytes "))
                .anyMatch(line -> line.startsWith("risefall_warehouse_bytes "));
        Process promtool = new ProcessBuilder(PROMTOOL.toString(), "check", "metrics")
                .redirectErrorStream(true)
                .start();
        try (OutputStream in = promtool.getOutputStream()) {
            in.write(page.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(said).isZero();
        assertThat(said).isEmpty();
    }
}

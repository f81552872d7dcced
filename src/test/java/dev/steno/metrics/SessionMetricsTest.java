package dev.steno.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steno.recognition.RecognitionFailure;
import dev.steno.session.ErrorCode;
import dev.steno.session.SessionObserver.Outcome;
import dev.steno.testing.PrometheusText;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionMetricsTest {
    private final SessionMetrics metrics = new SessionMetrics(List.of("sphinx", "vosk"));

    @Test
    void counts_recordings_by_engine_and_outcome() throws IOException {
        metrics.onStarted();
        metrics.onStarted();
        metrics.onEnded(Outcome.SAVED);
        PrometheusText scrape = scrape();
        assertThat(scrape.value("steno_recordings_started_total{engine=\"sphinx\"}"))
                .isEqualTo(2);
        assertThat(scrape.value("steno_recordings_active{engine=\"sphinx\"}")).isEqualTo(1);
        assertThat(scrape.value("steno_recordings_total{engine=\"sphinx\",outcome=\"saved\"}"))
                .isEqualTo(1);
        assertThat(scrape.value("steno_recordings_total{engine=\"sphinx\",outcome=\"archive_delayed\"}"))
                .isZero();
    }

    /** It would hold the class loader after an undeployment: Prometheus's scheduler is never ended. */
    @Test
    void starts_no_thread() {
        metrics.onStarted();
        metrics.onAudio(48_000);
        metrics.onResult("sphinx", true, 1);
        metrics.onEnded(Outcome.SAVED);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("prometheus"));
    }

    @Test
    void counts_audio_in_seconds_and_bytes() throws IOException {
        metrics.onAudio(48_000);
        metrics.onDropped(2.5);
        PrometheusText scrape = scrape();
        assertThat(scrape.value("steno_audio_seconds_total{engine=\"sphinx\"}")).isEqualTo(1.5);
        assertThat(scrape.value("steno_audio_bytes_total{engine=\"sphinx\"}")).isEqualTo(48_000);
        assertThat(scrape.value("steno_audio_dropped_seconds_total{engine=\"sphinx\"}"))
                .isEqualTo(2.5);
    }

    @Test
    void sorts_delays_into_buckets() throws IOException {
        metrics.onResult("sphinx", false, 0.25);
        metrics.onResult("sphinx", true, 4);
        metrics.onResult("sphinx", true, 100);
        PrometheusText scrape = scrape();
        String finals = "steno_result_delay_seconds_bucket{engine=\"sphinx\",result=\"final\",le=\"";
        assertThat(scrape.value(finals + "3.0\"}")).isZero();
        assertThat(scrape.value(finals + "5.0\"}")).isEqualTo(1);
        assertThat(scrape.value(finals + "45.0\"}")).isEqualTo(1);
        assertThat(scrape.value(finals + "+Inf\"}")).isEqualTo(2);
        assertThat(scrape.value("steno_result_delay_seconds_sum{engine=\"sphinx\",result=\"final\"}"))
                .isEqualTo(104);
        assertThat(scrape.value("steno_result_delay_seconds_count{engine=\"sphinx\",result=\"partial\"}"))
                .isEqualTo(1);
    }

    @Test
    void counts_faults_and_reconnects_by_kind_and_problems_by_code() throws IOException {
        metrics.onFault("sphinx", RecognitionFailure.Kind.LIMIT_EXCEEDED, true);
        metrics.onFault("sphinx", RecognitionFailure.Kind.LIMIT_EXCEEDED, true);
        metrics.onFault("sphinx", RecognitionFailure.Kind.LIMIT_EXCEEDED, false);
        metrics.onFault("vosk", RecognitionFailure.Kind.FAILED, true);
        metrics.onProblem(ErrorCode.BAD_MESSAGE);
        PrometheusText scrape = scrape();
        assertThat(scrape.value("steno_upstream_faults_total{engine=\"sphinx\",kind=\"limit_exceeded\"}"))
                .isEqualTo(3);
        assertThat(scrape.value("steno_upstream_reconnects_total{engine=\"sphinx\",kind=\"limit_exceeded\"}"))
                .isEqualTo(2);
        assertThat(scrape.value("steno_upstream_faults_total{engine=\"vosk\",kind=\"failed\"}"))
                .isEqualTo(1);
        assertThat(scrape.value("steno_errors_total{code=\"bad_message\"}")).isEqualTo(1);
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(scrape.value("steno_errors_total{code=\"" + code.wireName() + "\"}"))
                    .isNotNegative();
        }
    }

    private PrometheusText scrape() throws IOException {
        PrometheusRegistry registry = new PrometheusRegistry();
        metrics.collectors().forEach(registry::register);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(out, registry.scrape());
        return PrometheusText.parse(out.toString(StandardCharsets.UTF_8));
    }
}

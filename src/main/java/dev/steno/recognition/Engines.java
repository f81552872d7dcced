package dev.steno.recognition;

import dev.steno.recognition.EngineOrder.Candidate;
import dev.steno.transcript.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The engines of this node in order of preference. The first one is used; when it cannot be, the next one goes on, and
 * a better one is tried again later.
 */
public final class Engines {
    private final List<SpeechRecognizer> order;
    private final Duration retry;

    /**
     * @param order at least one, the preferred one first
     * @param retry how long after a failed try a better engine is tried again
     */
    public Engines(List<SpeechRecognizer> order, Duration retry) {
        this.order = List.copyOf(order);
        this.retry = retry;
    }

    /** One engine alone. */
    public static Engines of(SpeechRecognizer recognizer) {
        return new Engines(List.of(recognizer), Duration.ZERO);
    }

    /** The preferred one. */
    public SpeechRecognizer first() {
        return order.get(0);
    }

    /** Their names, the preferred one first. */
    public List<String> names() {
        return order.stream().map(SpeechRecognizer::engine).toList();
    }

    /** All of them, the preferred one first. */
    public List<SpeechRecognizer> all() {
        return order;
    }

    /** Names of the options that at least one of them knows. */
    public Set<String> options() {
        Set<String> names = new LinkedHashSet<>();
        order.forEach(each -> names.addAll(each.options()));
        return names;
    }

    /** Begins what takes long, in all of them. */
    public void warmUp() {
        order.forEach(SpeechRecognizer::warmUp);
    }

    /** Of the best engine that is able to work, or will be soon; if none is, of the preferred one. */
    public RecognizerStatus status() {
        return order.stream()
                .map(SpeechRecognizer::status)
                .filter(status -> status.state() != RecognizerStatus.State.UNAVAILABLE)
                .findFirst()
                .orElseGet(() -> first().status());
    }

    /**
     * Checks the options of a recording. Engines that can do all that is asked for come first, in order; behind them
     * those that can at least transcribe the language, and do without the options that they do not know.
     *
     * @param defaults the configured ones, by name
     * @param options what this recording asks for instead
     * @throws RefusedOptionsException if no engine can do all of it, in the words of the preferred one
     */
    public EngineOrder prepare(SessionId id, Map<String, String> defaults, Map<String, String> options)
            throws RefusedOptionsException {
        List<Candidate> able = new ArrayList<>();
        List<Candidate> partly = new ArrayList<>();
        RefusedOptionsException refusal = null;
        for (SpeechRecognizer each : order) {
            try {
                able.add(candidate(each, id, defaults, options));
            } catch (RefusedOptionsException e) {
                refusal = refusal == null ? e : refusal;
                addWithFewerOptions(partly, each, id, defaults, options);
            }
        }
        if (able.isEmpty()) {
            throw refusal;
        }
        able.addAll(partly);
        return new EngineOrder(able, retry);
    }

    private static void addWithFewerOptions(
            List<Candidate> to,
            SpeechRecognizer recognizer,
            SessionId id,
            Map<String, String> defaults,
            Map<String, String> options) {
        try {
            to.add(candidate(recognizer, id, defaults, known(recognizer, options)));
        } catch (RefusedOptionsException e) {
            // It has not even the language: it cannot go on with this recording.
        }
    }

    private static Candidate candidate(
            SpeechRecognizer recognizer, SessionId id, Map<String, String> defaults, Map<String, String> options)
            throws RefusedOptionsException {
        return new Candidate(recognizer, recognizer.prepare(id, known(recognizer, defaults), options));
    }

    private static Map<String, String> known(SpeechRecognizer recognizer, Map<String, String> options) {
        Map<String, String> known = new HashMap<>(options);
        known.keySet().retainAll(recognizer.options());
        return known;
    }
}

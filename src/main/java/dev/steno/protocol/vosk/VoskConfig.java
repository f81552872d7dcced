package dev.steno.protocol.vosk;

import dev.steno.audio.AudioEncoding;
import dev.steno.audio.InputFormat;
import dev.steno.protocol.JsonMessage;
import java.util.List;

/**
 * What a client asked for in its {@code config}. Fields that Steno has no use for, such as {@code model}, are left out.
 *
 * @param words whether results have the times of words
 * @param alternatives whether results have the shape of those with alternatives
 * @param phrases words to expect
 */
record VoskConfig(InputFormat format, boolean words, boolean alternatives, List<String> phrases) {
    /** What vosk-server takes without a word about it. */
    static final VoskConfig DEFAULT =
            new VoskConfig(new InputFormat(AudioEncoding.PCM, InputFormat.LOWEST_RATE), false, false, List.of());

    /** @param words from the address, for clients that expect the times of words and do not ask for them */
    static VoskConfig of(String words) {
        boolean wanted = words.equals("1") || words.equals("true");
        return new VoskConfig(DEFAULT.format(), wanted, DEFAULT.alternatives(), DEFAULT.phrases());
    }

    /**
     * Another {@code config}, of which each field that is there counts.
     *
     * @throws IllegalArgumentException for a rate that cannot be converted; fit for the client
     */
    VoskConfig with(JsonMessage config) {
        return new VoskConfig(
                config.has("sample_rate")
                        ? new InputFormat(
                                AudioEncoding.PCM, config.integer("sample_rate").orElse(0))
                        : format,
                config.has("words") ? config.flag("words") : words,
                config.has("max_alternatives") ? config.flag("max_alternatives") : alternatives,
                config.has("phrase_list") ? config.list("phrase_list") : phrases);
    }
}

package dev.steno.recognition.sphinx;

import dev.steno.audio.AudioConverter;
import dev.steno.audio.AudioEncoding;
import dev.steno.audio.InputFormat;
import dev.steno.recognition.RecognitionResult;
import dev.steno.testing.Clip;
import dev.steno.testing.Microphone;
import dev.steno.testing.SentAudio;
import dev.steno.testing.WordErrorRate;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Words that the embedded recogniser gets wrong on the clips of a folder, the shipped ones without an argument, by
 * the format in which a client sends them.
 */
public final class FormatsBench {
    private static final List<InputFormat> FORMATS = List.of(
            InputFormat.NATIVE,
            new InputFormat(AudioEncoding.PCM, 24_000),
            new InputFormat(AudioEncoding.PCM, 44_100),
            new InputFormat(AudioEncoding.PCM, 48_000),
            new InputFormat(AudioEncoding.MULAW, 16_000),
            new InputFormat(AudioEncoding.PCM, 8_000),
            new InputFormat(AudioEncoding.MULAW, 8_000),
            new InputFormat(AudioEncoding.ALAW, 8_000));

    private FormatsBench() {}

    public static void main(String[] arguments) throws Exception {
        List<Clip> clips = arguments.length > 0 ? Clip.in(Path.of(arguments[0])) : Clip.shipped();
        SphinxLogging.quiet();
        SphinxModels models = SphinxModels.load(SphinxTuning.DEFAULT);
        System.out.println("\n| format | word errors | of words |\n|---|---|---|");
        for (InputFormat format : FORMATS) {
            WordErrorRate rate = clips.stream()
                    .map(clip -> WordErrorRate.of(clip.text(), heard(models, converted(clip, format))))
                    .reduce(WordErrorRate::plus)
                    .orElseThrow();
            System.out.printf(
                    "| %s %d Hz | %d (%.1f %%) | %d |%n",
                    format.encoding().wireName(),
                    format.sampleRateHertz(),
                    rate.errors(),
                    100 * rate.rate(),
                    rate.words());
        }
    }

    private static byte[] converted(Clip clip, InputFormat format) {
        byte[] sent =
                switch (format.encoding()) {
                    case PCM -> SentAudio.pcm(clip.audio(), format.sampleRateHertz());
                    case MULAW -> SentAudio.mulaw(clip.audio(), format.sampleRateHertz());
                    case ALAW -> SentAudio.alaw(clip.audio(), format.sampleRateHertz());
                };
        AudioConverter converter = new AudioConverter(format);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(converter.convert(sent));
        out.writeBytes(converter.drain());
        return out.toByteArray();
    }

    private static String heard(SphinxModels models, byte[] audio) {
        List<String> finals = new ArrayList<>();
        SphinxDecoder decoder = new SphinxDecoder(models, new SphinxDecoder.Output() {
            @Override
            public void partial(RecognitionResult result) {}

            @Override
            public void settled(RecognitionResult result) {
                finals.add(result.text());
            }
        });
        Microphone.chunks(audio).forEach(chunk -> decoder.decode(chunk, chunk.length));
        decoder.finish();
        return String.join(" ", finals);
    }
}

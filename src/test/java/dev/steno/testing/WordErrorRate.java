package dev.steno.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How far recognised words are from spoken ones.
 *
 * @param errors the fewest words to insert, delete or replace
 * @param words how many were spoken
 */
public record WordErrorRate(int errors, int words) {
    /** How titles are written, and how they are spoken; tools that count word errors take them for the same. */
    private static final Map<String, String> SPOKEN = Map.of("mr", "mister", "mrs", "missus", "dr", "doctor");

    /** Compares without regard to case, punctuation and abbreviated titles; a hyphen separates words. */
    public static WordErrorRate of(String spoken, String recognised) {
        List<String> reference = words(spoken);
        return new WordErrorRate(distance(reference, words(recognised)), reference.size());
    }

    public double rate() {
        return words == 0 ? errors : (double) errors / words;
    }

    public WordErrorRate plus(WordErrorRate other) {
        return new WordErrorRate(errors + other.errors, words + other.words);
    }

    private static List<String> words(String text) {
        String plain = text.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}' ]", " ")
                .strip();
        return plain.isEmpty()
                ? List.of()
                : Arrays.stream(plain.split("\\s+"))
                        .map(word -> SPOKEN.getOrDefault(word, word))
                        .toList();
    }

    private static int distance(List<String> reference, List<String> words) {
        int[] previous = new int[words.size() + 1];
        for (int j = 0; j < previous.length; j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= reference.size(); i++) {
            int[] current = new int[words.size() + 1];
            current[0] = i;
            for (int j = 1; j < current.length; j++) {
                int replaced = previous[j - 1] + (reference.get(i - 1).equals(words.get(j - 1)) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[words.size()];
    }
}

package dev.steno.logging;

/**
 * Writes characters that end a line, steer a terminal or change the order of text as the {@code \}{@code uXXXX} of Java
 * and JSON: control and format characters, line and paragraph separators, and halves of pairs.
 */
final class Escapes {
    private Escapes() {}

    static boolean unneeded(String text) {
        return text.codePoints().noneMatch(Escapes::isDangerous);
    }

    static String of(String text) {
        if (unneeded(text)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 32);
        text.codePoints().forEach(character -> append(escaped, character));
        return escaped.toString();
    }

    private static void append(StringBuilder escaped, int character) {
        if (!isDangerous(character)) {
            escaped.appendCodePoint(character);
            return;
        }
        for (char half : Character.toChars(character)) {
            escaped.append("\\u").append(String.format("%04x", (int) half));
        }
    }

    private static boolean isDangerous(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}

package dev.steno.audio;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How one sample is written. */
public enum AudioEncoding {
    /** Linear, signed 16-bit little-endian. */
    PCM(2) {
        @Override
        int sample(byte[] bytes, int index) {
            return (short) ((bytes[index] & 0xFF) | bytes[index + 1] << 8);
        }
    },
    /** Mu-law of ITU-T G.711. */
    MULAW(1) {
        @Override
        int sample(byte[] bytes, int index) {
            return G711.MULAW[bytes[index] & 0xFF];
        }
    },
    /** A-law of ITU-T G.711. */
    ALAW(1) {
        @Override
        int sample(byte[] bytes, int index) {
            return G711.ALAW[bytes[index] & 0xFF];
        }
    };

    private final String wireName = name().toLowerCase(Locale.ROOT);
    private final int bytesPerSample;

    AudioEncoding(int bytesPerSample) {
        this.bytesPerSample = bytesPerSample;
    }

    public static Optional<AudioEncoding> named(String wireName) {
        return Arrays.stream(values())
                .filter(encoding -> encoding.wireName.equals(wireName))
                .findFirst();
    }

    /** As in the protocol: {@code mulaw}. */
    public String wireName() {
        return wireName;
    }

    public int bytesPerSample() {
        return bytesPerSample;
    }

    /** The sample that begins at an index, as a number of 16 bits. */
    abstract int sample(byte[] bytes, int index);
}

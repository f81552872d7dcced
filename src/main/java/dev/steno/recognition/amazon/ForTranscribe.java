package dev.steno.recognition.amazon;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Marks the executor on which calls to Amazon Transcribe are placed and timed. */
@Qualifier @Retention(RUNTIME)
@Target({FIELD, METHOD, PARAMETER})
@interface ForTranscribe {}

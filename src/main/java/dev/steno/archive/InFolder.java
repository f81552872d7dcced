package dev.steno.archive;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Marks the archive that is used when no bucket is configured. */
@Qualifier @Retention(RUNTIME)
@Target({FIELD, PARAMETER, TYPE})
public @interface InFolder {}

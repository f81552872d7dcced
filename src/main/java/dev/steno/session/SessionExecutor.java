package dev.steno.session;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** The container-managed executor on which sessions run. */
@Qualifier @Retention(RUNTIME)
@Target({FIELD, METHOD, PARAMETER})
@interface SessionExecutor {}

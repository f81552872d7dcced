/** Tests of one server that hears with the embedded recogniser: {@link dev.steno.it.SharedSteno#listening}. */
package dev.steno.it.listening;

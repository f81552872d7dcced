/** A server that stands in for translation services. */
package dev.steno.testing.translation;

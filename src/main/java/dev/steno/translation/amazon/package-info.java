/** Translations by Amazon Translate. */
package dev.steno.translation.amazon;
